package io.weir.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.launch.Launcher;
import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.epoch.stamp.StampLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyEpochsCommandTest {

  private static final Stamp WHERE = new Stamp("a.log@7", "where", 1, 4, 2, "a1", 0, 0);
  private static final Stamp AGGREGATE = new Stamp("a.log@7", "pre-aggregate", 0, 4, 2, "a1", 1, 3);

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int verify(String... arguments) {
    return WeirCommand.commandLine(
            new Place(folder, false, false, folder.resolve("no-store")),
            new Launcher(List.of(), name -> null),
            new Benchmarks(List.of()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int verify(Stamp... stamps) throws IOException {
    Files.write(
        folder.resolve("stamps-1.jsonl"), List.of(stamps).stream().map(StampLine::encode).toList());
    return verify("verify-epochs", folder.toString());
  }

  @Test
  void endsWith0WhenAllOperatorsWereUnderOneVersion() throws IOException {
    assertThat(verify(WHERE, AGGREGATE)).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            folder
                + ": accepted; stamps: 2, records: 1, epochs: 1, versions: 1, restored subtasks: 1");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void endsWith1AndSaysWhereTheStampsStandThatDoNotFit() throws IOException {
    Stamp early = new Stamp("a.log@7", "pre-aggregate", 0, 3, 1, "a1", 1, 3);

    assertThat(verify(WHERE, early)).isOne();
    assertThat(out.toString().lines())
        .containsExactly(
            "a record under two versions:",
            "  version 2: stamps-1.jsonl, line 1: record a.log@7, operator where, subtask 1, epoch 4",
            "    job a1, attempt 0",
            "  version 1: stamps-1.jsonl, line 2: record a.log@7, operator pre-aggregate, subtask 0,"
                + " epoch 3",
            "    job a1, attempt 1, restored from checkpoint 3",
            "",
            "violations: 1, of which 1 are shown",
            folder
                + ": rejected; stamps: 2, records: 1, epochs: 2, versions: 2, restored subtasks: 1");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void endsWith2WhenThereIsNothingToReadOrItIsSomethingElse() throws IOException {
    assertThat(verify("verify-epochs", folder.toString())).isEqualTo(2);
    Path file = Files.writeString(folder.resolve("stamps-1.jsonl"), "hello\n");
    assertThat(verify("verify-epochs", folder.toString())).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines().toList())
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.get(0)).contains("there are no stamps"))
        .satisfies(lines -> assertThat(lines.get(1)).contains(file + ", line 1: found 'hello'"));
  }

  @Test
  void endsWith2WhenTheCommandIsNotUnderstood() {
    assertThat(verify("verify-epochs")).isEqualTo(2);
    assertThat(verify("verify-epochs", "a", "b")).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.startsWith("weir: "))).hasSize(2);
  }

  @Test
  void helpNamesTheExitCodes() {
    assertThat(verify("help", "verify-epochs")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: weir verify-epochs [-h] DIR")
        .contains("0 accepted, 1 rejected, 2 no verdict");
  }
}
