package io.weir.jobs.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.WeirJob;
import io.weir.jobs.upgrade.Upgrade.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between the stop and the start, by the answers that Flink then gives. */
@Timeout(120)
class UpgradeFaultsTest {

  private static final Duration SHORT = Duration.ofMillis(400);

  private static final String STOPPED =
      "200 {'status':{'id':'COMPLETED'},'operation':{'location':'file:/savepoints/1'}}";
  private static final String MET_A_SWITCH =
      "200 {'status':{'id':'COMPLETED'},'operation':{'failure-cause':{'stack-trace':"
          + "'x.CompletionException: y\\nCaused by: x.CheckpointException: a switch is under way'}}}";

  @TempDir private Path folder;

  private final List<String> said = new ArrayList<>();
  private ScriptedJobManager flink;

  @BeforeEach
  void start() throws IOException {
    flink = ScriptedJobManager.start();
  }

  @AfterEach
  void stop() {
    flink.close();
  }

  private Outcome upgrade(Duration limit) throws Exception {
    return upgrade(limit, newJar(), null, List.of());
  }

  private Outcome upgrade(Duration limit, Path jar, @Nullable Path oldJar, List<String> arguments)
      throws Exception {
    return new Upgrade(
            new UpgradeRequest(flink.address(), "analytics", jar, oldJar, null, arguments, limit),
            said::add)
        .run();
  }

  private Path newJar() throws IOException {
    return JarFile.write(folder.resolve("new.jar"), WeirJob.class);
  }

  private long count(String request) {
    return flink.requests().stream().filter(each -> each.startsWith(request)).count();
  }

  /** The new job's id is not known here: it is whatever Flink is asked for. */
  private void letTheNewJobRun() {
    flink
        .on("POST /jars/new.jar/run", "200 {}")
        .on("GET /jobs/", "404 {}", "200 {'state':'RUNNING','counts':{'completed':1}}");
  }

  @Test
  void asksAgainForASavepointThatMetASwitchOfVersions() throws Exception {
    flink
        .on("POST /jobs/old/stop", "202 {}")
        .on("GET /jobs/old/savepoints", MET_A_SWITCH, STOPPED)
        .on("GET /jobs/old/checkpoints", "200 {}")
        .on("GET /jobs/old", "200 {'state':'RUNNING'}", "200 {'state':'FINISHED'}");
    letTheNewJobRun();

    Outcome outcome = upgrade(Duration.ofSeconds(30));

    assertThat(outcome).isEqualTo(Outcome.UPGRADED);
    assertThat(count("POST /jobs/old/stop")).isEqualTo(2);
    assertThat(said)
        .contains("no savepoint: x.CheckpointException: a switch is under way; asking again");
  }

  @Test
  void findsTheSavepointOfAJobManagerThatForgotWhatItWasAsked() throws Exception {
    flink
        .on("POST /jobs/old/stop", "202 {}")
        .on(
            "GET /jobs/old/checkpoints",
            // When the job is found, before it is asked to stop, and afterwards.
            newestSavepoint("file:/savepoints/1"),
            newestSavepoint("file:/savepoints/1"),
            newestSavepoint("file:/savepoints/2"))
        .on("GET /jobs/old/savepoints", "404 {}")
        .on("GET /jobs/old", "200 {'state':'FINISHED'}");
    letTheNewJobRun();

    Outcome outcome = upgrade(Duration.ofSeconds(30));

    assertThat(outcome).isEqualTo(Outcome.UPGRADED);
    assertThat(said).contains("stopped; savepoint file:/savepoints/2");
  }

  private static String newestSavepoint(String path) {
    return "200 {'latest':{'savepoint':{'external_path':'" + path + "'}}}";
  }

  /** A job that came to its end by itself has nothing to go on from. */
  @Test
  void takesNoOlderSavepointForItsOwn() throws Exception {
    flink
        .on("POST /jobs/old/stop", "202 {}")
        .on("GET /jobs/old/checkpoints", newestSavepoint("file:/savepoints/1"))
        .on("GET /jobs/old/savepoints", "404 {}")
        .on("GET /jobs/old", "200 {'state':'FINISHED'}");

    assertThatThrownBy(() -> upgrade(Duration.ofSeconds(30)))
        .isInstanceOf(UnclearException.class)
        .hasMessageContaining("job old is FINISHED, and no savepoint of it is known");
  }

  /** What was the newest before must be known, or another's savepoint would be taken for ours. */
  @Test
  void asksForNoStopBeforeItKnowsTheSavepointsThatThereAre() throws Exception {
    flink
        .on("POST /jobs/old/stop", "202 {}")
        .on("GET /jobs/old/checkpoints", "200 {}", "500 {}", newestSavepoint("file:/savepoints/1"))
        .on("GET /jobs/old/savepoints", "404 {}")
        .on("GET /jobs/old", "200 {'state':'RUNNING'}", "200 {'state':'FINISHED'}");

    assertThatThrownBy(() -> upgrade(Duration.ofSeconds(30)))
        .isInstanceOf(UnclearException.class)
        .hasMessageContaining("job old is FINISHED, and no savepoint of it is known");

    assertThat(said).contains("no answer (status 500), asking again");
  }

  @Test
  void takesNoErrorForTheAnswerThatThereIsNoJob() {
    flink.on("GET /jobs/overview", "500 {'errors':['out of order']}");

    assertThatThrownBy(() -> upgrade(SHORT))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("does not answer: out of order");
  }

  @Test
  void takesBackEachJarWhenNothingComesOfIt() throws Exception {
    flink
        .on("GET /jobs/old/checkpoints", "200 {}")
        .on("POST /jars/upload", "200 {'filename':'up/old2.jar'}", "200 {'filename':'up/new.jar'}")
        .on("POST /jars/new.jar/plan", "400 {'errors':['no such setting']}")
        .on("DELETE /jars/", "200 {}");

    Outcome outcome = upgrade(SHORT, newJar(), newJar(), List.of());

    assertThat(outcome).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(flink.requests())
        .filteredOn(each -> each.startsWith("DELETE"))
        .containsExactlyInAnyOrder("DELETE /jars/old2.jar", "DELETE /jars/new.jar");
  }

  @Test
  void takesBackTheOldJarWhenThereIsNoNewOne() throws Exception {
    flink
        .on("GET /jobs/old/checkpoints", "200 {}")
        .on("POST /jars/upload", "200 {'filename':'up/old2.jar'}")
        .on("DELETE /jars/", "200 {}");

    assertThatThrownBy(() -> upgrade(SHORT, folder.resolve("none.jar"), newJar(), List.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("none.jar: there is no such file");

    assertThat(count("DELETE /jars/old2.jar")).isOne();
  }

  @Test
  void saysByHandWhatAShellTakesAndNoSecret() {
    flink
        .on("POST /jobs/old/stop", "202 {}")
        .on("GET /jobs/old/savepoints", "200 {'status':{'id':'IN_PROGRESS'}}")
        .on("GET /jobs/old/checkpoints", "200 {}")
        .on("GET /jobs/old", "200 {'state':'RUNNING'}");
    List<String> arguments =
        List.of(
            "analytics",
            "--set",
            "where=bytes > 5 and host != 'x'",
            "--set",
            "sink.postgres.password=pw");

    assertThatThrownBy(() -> upgrade(SHORT, newJar(), null, arguments))
        .isInstanceOf(UnclearException.class)
        .hasMessageContaining("JAR analytics --set 'where=bytes > 5 and host != '\\''x")
        .hasMessageContaining(" --set sink.postgres.password=***")
        .hasMessageNotContaining("=pw");
  }

  @Test
  void leavesTheJobAsItIsWhenNoSavepointCanBeHad() throws Exception {
    flink
        .on("POST /jobs/old/stop", "500 {'errors':['not now']}")
        .on("GET /jobs/old/checkpoints", "200 {}")
        .on("GET /jobs/old", "200 {'state':'RUNNING'}");

    Outcome outcome = upgrade(SHORT);

    assertThat(outcome).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(said).last().asString().contains("no savepoint within the limit: job old runs on");
    assertThat(count("DELETE /jars/new.jar")).isOne();
    assertThat(count("POST /jars/new.jar/run")).isZero();
  }

  @Test
  void saysWhatIsLeftOfAJobThatFailedWhileItStopped() throws Exception {
    flink
        .on("POST /jobs/old/stop", "202 {}")
        .on("GET /jobs/old/savepoints", MET_A_SWITCH)
        .on(
            "GET /jobs/old/checkpoints",
            "200 {'latest':{'completed':{'external_path':'file:/checkpoints/7'}}}")
        .on("GET /jobs/old", "200 {'state':'FAILED'}");

    assertThatThrownBy(() -> upgrade(Duration.ofSeconds(30)))
        .isInstanceOf(UnclearException.class)
        .hasMessageContaining("job old is FAILED, and no savepoint of it is known")
        .hasMessageContaining("file:/checkpoints/7")
        .hasMessageContaining("to go on by hand");
    assertThat(count("POST /jars")).as("uploads and plans").isEqualTo(2);
  }

  @Test
  void startsNothingWhileTheNewJobMayStillRun() throws Exception {
    flink
        .on("POST /jobs/old/stop", "202 {}")
        .on("GET /jobs/old/savepoints", STOPPED)
        .on("GET /jobs/old/checkpoints", "200 {}")
        .on("GET /jobs/old", "200 {'state':'FINISHED'}")
        .on("POST /jars/new.jar/run", "200 {}")
        .on("GET /jobs/", "404 {}", "200 {'state':'CANCELLING'}")
        .on("PATCH /jobs/", "202 {}");

    assertThatThrownBy(() -> upgrade(SHORT))
        .isInstanceOf(UnclearException.class)
        .hasMessageContaining("is not known to have ended (it is CANCELLING)")
        .hasMessageContaining("flink run -d -s file:/savepoints/1 JAR analytics");
    assertThat(count("POST /jars/old.jar/run")).isZero();
  }

  /** What nobody foresaw must not pass for a job that runs, nor take the savepoint with it. */
  @Test
  void saysWhereTheSavepointIsWhateverGoesWrongBehindTheStop() {
    flink
        .on("POST /jobs/old/stop", "202 {}")
        .on("GET /jobs/old/savepoints", STOPPED)
        .on("GET /jobs/old/checkpoints", "200 {}")
        .on("GET /jobs/old", "200 {'state':'FINISHED'}")
        .on("POST /jars/new.jar/run", "200 {}")
        .on("POST /jobs/", "202 {'request-id':'no id of Flink'}")
        .on("GET /jobs/", "404 {}", "200 {'state':'RUNNING'}");

    assertThatThrownBy(() -> upgrade(Duration.ofSeconds(30)))
        .isInstanceOf(UnclearException.class)
        .hasMessageContaining("the upgrade itself failed: java.lang.IllegalArgumentException")
        .hasMessageContaining("flink run -d -s file:/savepoints/1 JAR analytics");
  }
}
