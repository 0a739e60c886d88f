package io.weir.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.upgrade.ScriptedJobManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UpgradeCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int upgrade(URI cluster) throws IOException {
    return WeirCommand.commandLine(
            new Place(folder, false, false, folder),
            new Launcher(List.of(), name -> null),
            new Benchmarks(List.of()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            "upgrade",
            "analytics",
            "--jar",
            Files.writeString(folder.resolve("new.jar"), "").toString(),
            "--cluster",
            cluster.toString(),
            "--limit",
            "400ms",
            "--",
            "analytics",
            "--settings",
            "a.yaml");
  }

  private int upgrade(ScriptedJobManager flink) throws IOException {
    flink.on("GET /jobs/old/checkpoints", "200 {}");
    return upgrade(flink.address());
  }

  @Test
  void endsWith2WhenNobodyAnswers() throws IOException {
    URI gone;
    try (ScriptedJobManager flink = ScriptedJobManager.start()) {
      gone = flink.address();
    }

    assertThat(upgrade(gone)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("weir: not begun: the JobManager at " + gone + " does not answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8081", "ftp://localhost", "http:8081"})
  void endsWith2WhereTheAddressIsNone(String cluster) throws IOException {
    assertThat(upgrade(URI.create(cluster))).isEqualTo(2);
    assertThat(err.toString()).contains("--cluster " + cluster + ": must be like http://");
  }

  @Test
  void endsWith1WhenTheNewJarDoesNotBuildItsJob() throws IOException {
    try (ScriptedJobManager flink =
        ScriptedJobManager.start()
            .on("POST /jars/new.jar/plan", "400 {'errors':['a','no such setting']}")) {
      assertThat(upgrade(flink)).isEqualTo(1);
    }

    assertThat(out.toString())
        .contains("the new jar does not build its job: no such setting")
        .contains("nothing was stopped: job old runs on");
  }

  @Test
  void endsWith3AndSaysHowToGoOnWhenItIsNotKnownWhatRuns() throws IOException {
    try (ScriptedJobManager flink =
        ScriptedJobManager.start()
            .on("POST /jobs/old/stop", "202 {}")
            .on("GET /jobs/old/savepoints", "200 {'status':{'id':'IN_PROGRESS'}}")
            .on("GET /jobs/old/checkpoints", "200 {}")) {
      flink.on("GET /jobs/old", "200 {'state':'RUNNING'}");

      assertThat(upgrade(flink)).isEqualTo(3);
    }

    assertThat(err.toString())
        .contains("UNCLEAR: there was no savepoint within the limit; job old is RUNNING")
        .contains("flink run -d -s THE SAVEPOINT JAR analytics --settings a.yaml");
  }
}
