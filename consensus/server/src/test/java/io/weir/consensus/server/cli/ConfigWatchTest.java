package io.weir.consensus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.node.ClientFile;
import io.weir.consensus.server.schema.YamlDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code weir config watch}, and what becomes of output that nobody takes. */
class ConfigWatchTest extends ConfigCommandCase {

  @Test
  void printsVersionsAsTheyCome() throws Exception {
    propose("watched", "a: 1", "a: 2");
    StringWriter out = new StringWriter();
    HttpStore client = new HttpStore(new ClientFile(folder.resolve("store.yaml"), Map.of()).read());
    ConfigCommand config = new ConfigCommand(file -> client, new ByteArrayInputStream(new byte[0]));
    Thread watching =
        new Thread(
            () ->
                ConsensusCommand.commandLine(config)
                    .setOut(new PrintWriter(out))
                    .execute("config", "watch", "watched", "--from", "1", "--output", "json"));
    watching.setDaemon(true);
    watching.start();

    try (client) {
      await().atMost(Duration.ofMinutes(2)).until(() -> versions(out).equals(List.of(1, 2)));
      store.propose(Proposal.of("watched", 2, new Change.Delete(), "t", "")).join();
      await().atMost(Duration.ofMinutes(2)).until(() -> versions(out).equals(List.of(1, 2, 3)));
    }
  }

  @Test
  void endsWith1WhereItsOutputIsLost() {
    propose("lost", "a: 1");

    Ended get = run(new PrintWriter(new FullDisk()), "get", "lost");

    assertThat(get.code()).isEqualTo(REFUSED);
    assertThat(get.err()).contains("the output could not be written");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsAWatchThatNobodyReads() {
    propose("unread", "a: 1");

    Ended watch = run(new PrintWriter(new FullDisk()), "watch", "unread");

    assertThat(watch.code()).isEqualTo(REFUSED);
    assertThat(watch.err()).contains("the output could not be written");
  }

  /** Takes nothing, as a full disk or a closed pipe. */
  private static final class FullDisk extends Writer {
    @Override
    public void write(char[] text, int from, int length) throws IOException {
      throw new IOException("no space left");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void printsEachVersionOfAWatchAsAYamlDocumentOfItsOwn() {
    propose("documents", "a: 1", "a: 2");
    StringWriter out = new StringWriter();
    Printer printer = new Printer(new PrintWriter(out), Optional.of(Output.Form.YAML));

    store.history("documents", 1, 2).join().forEach(printer::watched);

    assertThat(out.toString().split("---\\R", -1))
        .hasSize(3)
        .filteredOn(document -> !document.isEmpty())
        .extracting(document -> YamlDocument.parse("output", document).get("version").asInt())
        .containsExactly(1, 2);
  }

  @Test
  void printsTheNamesOfAWatchsColumnsOnce() {
    propose("columns", "a: 1", "a: 2");
    StringWriter out = new StringWriter();
    Printer printer = new Printer(new PrintWriter(out), Optional.empty());

    store.history("columns", 1, 2).join().forEach(printer::watched);

    assertThat(out.toString().lines())
        .hasSize(3)
        .filteredOn(line -> line.contains("hash"))
        .hasSize(1);
  }

  private static List<Integer> versions(StringWriter out) {
    return Stream.of(out.toString().split("\"version\":", -1))
        .skip(1)
        .map(rest -> Integer.parseInt(rest.split("\\D", -1)[0]))
        .toList();
  }

  @Test
  void endsAWatchOfWhatIsGoneWith1() {
    for (int i = 0; i < 201; i++) {
      store.propose(Proposal.of("gone", i, new Change.Set("a: " + i), "t", "")).join();
    }

    Ended ended = config("watch", "gone", "--from", "1");

    assertThat(ended.code()).isEqualTo(REFUSED);
    assertThat(ended.err()).contains("the oldest with content is 2");
  }
}
