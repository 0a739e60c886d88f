package io.weir.consensus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckHistoryCommandTest {

  private static final String GOOD =
      """
      {"format":"weir-history","version":1}
      {"op":1,"at":10,"client":"a","job":"web","call":"propose","expected":0,"hash":"aa"}
      {"op":1,"at":20,"answer":"agreed","version":1}
      {"op":2,"at":30,"client":"b","job":"web","call":"propose","expected":1,"hash":"bb"}
      {"op":3,"at":40,"client":"c","job":"web","call":"read"}
      {"op":3,"at":50,"answer":"found","version":1,"hash":"aa"}
      """;

  @TempDir private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine weir = ConsensusCommand.commandLine();
    weir.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return weir.execute(arguments);
  }

  private int check(String content) throws IOException {
    Path file = Files.writeString(temp.resolve("h"), content);
    return run("check-history", file.toString());
  }

  @Test
  void endsWith0WhenTheHistoryIsLinearizable() throws IOException {
    assertThat(check(GOOD)).isZero();
    assertThat(out).hasToString(temp.resolve("h") + ": linearizable; 3 operations, jobs: 1" + nl());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void endsWith1AndSaysWhereTheHistoryIsNotLinearizable() throws IOException {
    assertThat(check(GOOD.replace("\"hash\":\"aa\"}\n{\"op\":1", "\"hash\":\"ax\"}\n{\"op\":1")))
        .isOne();
    assertThat(out.toString().lines())
        .containsExactly(
            "job web: no order of the operations explains this answer (lines of call and answer):",
            "  lines 5-6, client c: read -> version 1 with document aa",
            "All 1 answers before it can be explained; the last of them:",
            "  lines 2-3, client a: propose document ax on version 0 -> agreed as version 1",
            "Then it held, by what can be known (one of):",
            "  version 1 with document ax",
            "Also under way, so that they may have happened already or not yet:",
            "  line 4, client b: propose document bb on version 1 -> not known",
            "",
            temp.resolve("h") + ": not linearizable; 3 operations, jobs: 1");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void endsWith2WhenTheFileCannotBeRead() throws IOException {
    assertThat(check(GOOD + "{\"op\":3}\n")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("weir: " + temp.resolve("h") + ", line 7: found '{\"op\":3}'; allowed: ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void endsWith2WhenTheCommandIsNotUnderstood() {
    assertThat(run("check-history")).isEqualTo(2);
    assertThat(run("check-history", "a", "b")).isEqualTo(2);
    assertThat(run("check-histories", "a")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.startsWith("weir: "))).hasSize(4);
  }

  @Test
  void helpNamesTheExitCodes() {
    assertThat(run("help", "check-history")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: weir check-history [-h] FILE")
        .contains("0 linearizable, 1 not linearizable, 2 no verdict");
  }

  // The writes may have happened in any order when the read is answered.
  @Test
  void endsWith2WhenNobodyCanTell() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      log.append("INFO  jepsen.util - %d :invoke :write %d%n".formatted(i, i));
    }
    log.append("INFO  jepsen.util - 99 :invoke :read nil\nINFO  jepsen.util - 99 :ok :read 99\n");
    for (int i = 0; i < 40; i++) {
      log.append("INFO  jepsen.util - %d :ok :write %d%n".formatted(i, i));
    }

    assertThat(check(log.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("cannot be decided: more than 100000 ways");
  }

  private static String nl() {
    return System.lineSeparator();
  }
}
