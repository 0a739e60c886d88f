package io.weir.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cluster.servers.FlinkLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What is refused before anything starts, and what is said of a folder. */
class ClusterCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    List<FlinkLibrary> libraries =
        List.of(new FlinkLibrary("2.2.1", "a.jar"), new FlinkLibrary("2.3.0", "b.jar"));
    CommandLine weir =
        ClusterMain.commandLine(
            new Installation(folder, libraries, folder.resolve("none"), folder.resolve("none")));
    weir.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return weir.execute(arguments);
  }

  private int cluster(String command) {
    return run("cluster", command, "--folder", folder.toString());
  }

  /** As if this process were a cluster's. */
  private void pretendThatOneRuns() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    long start = self.info().startInstant().orElseThrow().toEpochMilli();
    Files.writeString(folder.resolve("processes"), "kafka-1 " + self.pid() + " " + start + "\n");
    Files.writeString(
        folder.resolve("addresses.properties"), "flink.version=2.2.1\nkafka-1=127.0.0.1\\:9\n");
  }

  @Test
  void aSecondStartInTheSameFolderIsRefused() throws IOException {
    pretendThatOneRuns();

    assertThat(cluster("start")).isEqualTo(ExitCode.SOFTWARE);
    assertThat(err.toString())
        .contains("a cluster runs in " + folder + " already: kafka-1 ")
        .contains(String.valueOf(ProcessHandle.current().pid()));
  }

  @Test
  void aFolderWithSomethingElseInItIsRefusedAndLeftAlone() throws IOException {
    Path other = Files.writeString(folder.resolve("letter.txt"), "dear");

    assertThat(cluster("start")).isEqualTo(ExitCode.SOFTWARE);
    assertThat(err.toString()).contains("is not empty");
    assertThat(other).hasContent("dear");
  }

  @Test
  void whatAStartThatFailedLeftIsNotInTheWayOfTheNext() throws IOException {
    Files.writeString(folder.resolve(".weir-cluster"), "");
    Path log = Files.writeString(folder.resolve("kafka-1.log"), "cannot");

    cluster("start");

    assertThat(err.toString()).contains("none is missing; mvn package makes it");
    assertThat(log).doesNotExist();
  }

  @Test
  void anUnknownFlinkIsNoCheckEither() {
    assertThat(run("check", "faults", "--flink", "1.20.0")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("unknown Flink '1.20.0'; allowed: 2.2.1, 2.3.0");
  }

  @Test
  void anUnknownFlinkIsAnsweredWithThoseThatThereAre() {
    int status = run("cluster", "start", "--flink", "1.20.0");

    assertThat(status).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("unknown Flink '1.20.0'; allowed: 2.2.1, 2.3.0");
  }

  @Test
  void statusShowsWhatRunsAndWhere() throws IOException {
    pretendThatOneRuns();

    assertThat(cluster("status")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsPattern("kafka-1 +\\d+ +running +127\\.0\\.0\\.1:9")
        .contains("Flink 2.2.1");
  }

  @Test
  void statusEndsWith1WhenAProcessIsGone() throws IOException {
    pretendThatOneRuns();
    // Another one has its id now.
    long pid = ProcessHandle.current().pid();
    Files.writeString(folder.resolve("processes"), "kafka-1 " + pid + " 0\n");

    assertThat(cluster("status")).isEqualTo(ExitCode.SOFTWARE);
    assertThat(out.toString()).containsPattern("kafka-1 +\\d+ +gone");
  }

  @Test
  void whereNothingWasStartedThereIsNothingToShowOrStop() {
    assertThat(cluster("status")).isEqualTo(ExitCode.SOFTWARE);
    assertThat(err.toString()).contains("no cluster was started in " + folder);
    assertThat(cluster("stop")).isEqualTo(ExitCode.SOFTWARE);
    assertThat(err.toString()).contains("no cluster runs in " + folder);
  }

  @Test
  void faultsComeAtRandomForTenHoursAtMost() {
    assertThat(run("check", "faults", "--minutes", "601")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--minutes must be 0 to 600");
  }
}
