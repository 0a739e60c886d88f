package io.weir.consensus.server.history.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.server.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryFileTest {

  private static final String ETCD =
      """
      INFO  jepsen.util - 0	:invoke	:read	nil
      INFO  jepsen.util - 0	:ok	:read	nil
      INFO  jepsen.util - 1	:invoke	:write	3
      INFO  jepsen.util - 2	:invoke	:cas	[3 4]
      INFO  jepsen.util - 1	:info	:write	:timed-out
      INFO  jepsen.util - 2	:ok	:cas	[3 4]

      INFO  jepsen.util - 0	:invoke	:cas	[3 1]
      INFO  jepsen.util - 0	:fail	:cas	[3 1]
      INFO  jepsen.util - 3	:invoke	:read	nil
      INFO  jepsen.util - 3	:fail	:read	:timed-out
      INFO  jepsen.util - 4	:invoke	:read	nil
      INFO  jepsen.util - 4	:ok	:read	4
      INFO  jepsen.util - 5	:invoke	:write	9
      """;

  private static final String STORE =
      """
      {"format":"weir-history","version":1}
      {"op":1,"at":10,"client":"a","job":"x","call":"read"}
      {"op":2,"at":10,"client":"b","job":"x","call":"propose","expected":0,"hash":"aa"}
      {"op":1,"at":20,"answer":"unknown-job"}
      {"op":2,"at":20,"answer":"agreed","version":1}
      {"op":3,"at":30,"client":"a","job":"x","call":"propose","expected":0,"hash":"bb"}
      {"op":3,"at":40,"answer":"conflict","actual":1}
      {"op":4,"at":50,"client":"a","job":"x","call":"propose","expected":1,"hash":""}
      {"op":4,"at":60,"answer":"unknown"}
      {"op":5,"at":60,"client":"b","job":"x","call":"propose","expected":1,"hash":"cc"}
      {"op":5,"at":70,"answer":"failed"}
      {"op":6,"at":80,"client":"b","job":"x","call":"read"}
      {"op":6,"at":90,"answer":"found","version":2,"hash":""}
      {"op":7,"at":95,"client":"b","job":"y","call":"propose","expected":0,"hash":"dd"}
      """;

  @TempDir private Path temp;

  private History<?, ?, ?> read(String content) throws IOException, UnreadableHistory {
    return HistoryFile.read(Files.writeString(temp.resolve("history"), content));
  }

  private void assertLinearizable(boolean expected, String content) throws Exception {
    assertThat(read(content).violations(1_000).isEmpty()).isEqualTo(expected);
  }

  @Test
  void readsEveryKindOfLineOfAnEtcdLog() throws Exception {
    assertLinearizable(true, ETCD);
    assertThat(read(ETCD).operations()).isEqualTo(7);
    assertThat(read(ETCD).registers()).containsOnlyKeys("etcd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":ok	:read	4    | :ok	:read	5",
        ":ok	:read	nil  | :ok	:read	3",
        ":fail	:cas	[3 1] | :ok	:cas	[3 1]",
        ":ok	:cas	[3 4]   | :fail	:cas	[3 4]",
      })
  void anyOtherAnswerInTheEtcdLogCannotBeExplained(String from, String to) throws Exception {
    assertThat(ETCD).contains(from);
    assertLinearizable(false, ETCD.replace(from, to));
  }

  @Test
  void readsEveryKindOfLineOfAStoresLog() throws Exception {
    assertLinearizable(true, STORE);
    assertThat(read(STORE).operations()).isEqualTo(6);
    assertThat(read(STORE).registers()).containsOnlyKeys("x", "y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":2,\"hash\":\"\"   | \"version\":2,\"hash\":\"cc\"",
        "\"version\":2,\"hash\":\"\"   | \"version\":1,\"hash\":\"bb\"",
        "\"agreed\",\"version\":1      | \"agreed\",\"version\":2",
        "\"conflict\",\"actual\":1     | \"conflict\",\"actual\":0",
        "\"conflict\",\"actual\":1     | \"agreed\",\"version\":1",
        "\"at\":90,\"answer\":\"found\",\"version\":2,\"hash\":\"\" | \"at\":90,\"answer\":\"unknown-job\"",
        "\"answer\":\"unknown\"}       | \"answer\":\"failed\"}",
      })
  void anyOtherAnswerInTheStoresLogCannotBeExplained(String from, String to) throws Exception {
    assertThat(STORE).contains(from);
    assertLinearizable(false, STORE.replace(from, to));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello                               | line 1: found 'hello'; allowed: as first line {\"form",
        "{\"format\":\"x\",\"version\":1}    | line 1: found '{\"format\":\"x\"",
        "{\"format\":\"weir-history\",\"version\":2} | line 1: found",
        "[1]                                 | line 1: found '[1]'; allowed: as first line",
        "H{\"op\":1                          | line 2: found '{\"op\":1'; allowed: one JSON object",
        "H[]                                 | line 2: found '[]'; allowed: one JSON object",
        "H{} {}                              | line 2: found '{} {}'; allowed: one JSON object",
        "H{\"op\":1,\"op\":2}                | line 2: found '{\"op\":1,\"op\":2}'; allowed: one JSON",
        "H{\"op\":[]}                        | allowed: texts and whole numbers as members",
        "H{\"op\":1e3}                       | allowed: texts and whole numbers as members",
        "H{\"op\":99999999999999999999}      | allowed: texts and whole numbers as members",
        "H{\"at\":1}                         | a whole number \"op\" of at least 0",
        "H{\"op\":1,\"at\":-1}               | a whole number \"at\" of at least 0",
        "H{\"op\":1,\"at\":\"1\"}            | a whole number \"at\" of at least 0",
        "H{\"op\":1,\"at\":1,\"call\":\"read\"} | a text \"client\"",
        "H{\"op\":1,\"at\":1,\"client\":\"c\",\"job\":\"j\",\"call\":\"write\"} | \"call\" is \"read\" or",
        "HR{\"op\":1,\"at\":6,\"answer\":\"agreed\",\"version\":1} | to 'read' is \"found\", \"unknown-job\"",
        "HR{\"op\":1,\"at\":6,\"answer\":\"found\",\"version\":0,\"hash\":\"\"} | \"version\" of at least 1",
        "HR{\"op\":1,\"at\":4,\"answer\":\"unknown-job\"} | line 3: found '{\"op\":1,\"at\":4",
        "HR{\"op\":1,\"at\":6,\"answer\":\"unknown-job\",\"x\":1} | a line like this without \"x\"",
        "HR{\"op\":2,\"at\":6,\"answer\":\"unknown-job\"} | a call, or an answer to a call before it",
        "HRR                                 | a call with a number of its own (line 2 has it too)",
        "I0 :invoke :reed nil                | line 1: found 'INFO  jepsen.util - 0 :invoke :reed",
        "I0 :ok :read nil                    | an answer to a process that waits for one",
        "I0 :invoke :read 3                  | found ':read 3'; allowed: :read nil, :write VALUE",
        "I0 :invoke :write [1 2]             | found ':write [1 2]'; allowed: :read nil",
        "I0 :invoke :read nilI0 :invoke :read nil | line 2: found",
        "I0 :invoke :write 1I0 :ok :write 2  | an answer to 'write 1' of line 1",
        "I0 :invoke :write 1I0 :fail :write 1 | an answer to 'write 1' of line 1",
        "I0 :invoke :write 1I0 :ok :read 1   | an answer to 'write 1' of line 1",
        "I0 :invoke :read nilI0 :ok :write 1 | an answer to 'read' of line 1",
        "I0 :invoke :read nilI0 :info :read :timed-out | allowed: fail read :timed-out",
        "I0 :invoke :cas [1 2]I0 :fail :cas :timed-out | allowed: info cas :timed-out",
      })
  void saysWhichLineCannotBeReadAndWhatMayStandThere(String shorthand, String message) {
    String content =
        shorthand
            .replace("H", StoreLog.HEADER + "\n")
            .replace("R", "{\"op\":1,\"at\":5,\"client\":\"c\",\"job\":\"j\",\"call\":\"read\"}\n")
            .replace("I0", "\nINFO  jepsen.util - 0")
            .strip();

    assertThatThrownBy(() -> read(content))
        .isInstanceOf(UnreadableHistory.class)
        .hasMessageStartingWith(temp.resolve("history") + ", line ")
        .hasMessageContaining(message);
  }

  @Test
  void saysWhyAFileIsNoHistoryAtAll() throws IOException {
    Path bytes = Files.write(temp.resolve("bytes"), new byte[] {'{', (byte) 0xff, '\n'});

    assertThatThrownBy(() -> read(" \n\n")).hasMessageEndingWith("is empty");
    assertThatThrownBy(() -> HistoryFile.read(bytes)).hasMessageEndingWith("not text in UTF-8");
    assertThatThrownBy(() -> HistoryFile.read(temp))
        .isInstanceOf(UnreadableHistory.class)
        .hasMessageEndingWith("is a folder; a file is needed");
    assertThatThrownBy(() -> HistoryFile.read(temp.resolve("none")))
        .isInstanceOf(UnreadableHistory.class)
        .hasMessageEndingWith("there is no such file");
  }

  @Test
  void doesNotReadALineWithoutEnd() {
    assertThatThrownBy(() -> read("x".repeat(1_000_000)))
        .hasMessageContaining("line 1: found 'xxx")
        .hasMessageEndingWith("...'; allowed: lines of at most 10000 characters");
  }
}
