package io.weir.jobs.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.jobs.WeirJob;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.rest.JobManager;
import io.weir.jobs.upgrade.Upgrade.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a cluster in this process, as the REST API shows them, and every event they write. */
@Timeout(300)
class UpgradeTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String JOB = "generator";

  @TempDir private static Path shared;

  private static LocalCluster cluster;
  private static JobManager jobManager;

  @TempDir private Path folder;

  private final List<String> said = new ArrayList<>();

  private Path oldJar;
  private String oldJob;

  @BeforeAll
  static void startCluster() throws Exception {
    Configuration profile = LocalCluster.profile(Path.of("..", "flink-conf", "local"));
    profile.set(WebOptions.SUBMIT_ENABLE, true);
    // Answers are from copies that are as old as this.
    profile.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(50));
    profile.set(WebOptions.UPLOAD_DIR, shared.resolve("uploads").toString());
    profile.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    profile.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    profile.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
    profile.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY, shared.resolve("savepoints").toUri().toString());
    cluster = LocalCluster.start(profile);
    jobManager = new JobManager(cluster.address());
    await("a leader")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> jobManager.get("/jobs/overview").isOk());
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  @BeforeEach
  void startTheOldJob() throws Exception {
    oldJar = JarFile.write(folder.resolve("old.jar"), WeirJob.class);
    oldJob = run(List.of(JOB, "--settings", settings().toString()));
    awaitRows(100);
  }

  @AfterEach
  void cancelWhatRuns() throws Exception {
    for (String job : running()) {
      assertThat(new JobStates(jobManager).cancel(job, PATIENCE)).isTrue();
    }
  }

  private Path settings() throws IOException {
    return Files.writeString(
        folder.resolve("generator.yaml"),
        """
        generator: {pace: real-time, rate: 200}
        sink: {file: {path: "%s"}}
        """
            .formatted(folder.resolve("out")));
  }

  private String run(List<String> arguments) throws Exception {
    Jars jars = new Jars(jobManager);
    return jobManager
        .post("/jars/" + jars.upload(oldJar) + "/run", Map.of("programArgsList", arguments))
        .text("jobid");
  }

  private UpgradeRequest request(Class<?> main) throws IOException {
    return request(cluster.address(), main, Duration.ofSeconds(60));
  }

  private UpgradeRequest request(URI address, Class<?> main, Duration limit) throws IOException {
    Path jar = JarFile.write(folder.resolve("new.jar"), main);
    return new UpgradeRequest(address, JOB, jar, null, null, List.of(), limit);
  }

  private Outcome upgrade(UpgradeRequest request) throws Exception {
    return new Upgrade(request, said::add).run();
  }

  private List<String> running() throws Exception {
    return jobManager.get("/jobs/overview").objects("jobs").stream()
        .filter(job -> job.text("state").equals("RUNNING"))
        .map(job -> job.text("jid"))
        .toList();
  }

  private long[] ids() throws IOException {
    List<Long> ids = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      for (Path file :
          files.filter(each -> !each.getFileName().toString().startsWith(".")).toList()) {
        for (String line : Files.readAllLines(file)) {
          ids.add(Long.parseLong(line.replaceFirst("^\\{\"id\":(\\d+),.*", "$1")));
        }
      }
    }
    return ids.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private void awaitRows(int count) {
    await("rows")
        .atMost(PATIENCE)
        .until(() -> Files.exists(folder.resolve("out")) && ids().length >= count);
  }

  /** Whoever runs now goes on where the old job stopped: no event is missing, or there twice. */
  private void assertEveryEventOnce() throws Exception {
    awaitRows(ids().length + 100);
    cancelWhatRuns();
    long[] ids = ids();
    assertThat(ids).isEqualTo(LongStream.range(ids[0], ids[0] + ids.length).toArray());
  }

  @Test
  void replacesAJobThatGoesOnWhereItStopped() throws Exception {
    Outcome outcome = upgrade(request(WeirJob.class));

    assertThat(outcome).isEqualTo(Outcome.UPGRADED);
    assertThat(running()).hasSize(1).doesNotContain(oldJob);
    assertThat(said).anyMatch(line -> line.startsWith("stopped; savepoint file:"));
    assertEveryEventOnce();
  }

  @Test
  void stopsNothingForAJarThatDoesNotBuildItsJob() throws Exception {
    Path jar = JarFile.write(folder.resolve("rejected.jar"), FailsAtStart.class);
    UpgradeRequest request =
        new UpgradeRequest(
            cluster.address(), JOB, jar, null, null, List.of(), Duration.ofSeconds(60));

    Outcome outcome = upgrade(request);

    assertThat(outcome).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(running()).containsExactly(oldJob);
    assertThat(said).anyMatch(line -> line.contains("this release knows no generator"));
    assertThat(jobManager.get("/jars").body().toString())
        .contains("old.jar")
        .doesNotContain("rejected.jar");
  }

  @Test
  void rollsBackFromAJobThatTheSavepointDoesNotFit() throws Exception {
    Outcome outcome = upgrade(request(FailsWhileRunning.class));

    assertThat(outcome).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(running()).hasSize(1).doesNotContain(oldJob);
    assertThat(said).anyMatch(line -> line.contains("allowNonRestoredState"));
    assertEveryEventOnce();
  }

  @Test
  void rollsBackFromAJobThatNeverCompletesACheckpoint() throws Exception {
    UpgradeRequest request = request(GetsStuck.class);

    Outcome outcome = new Upgrade(request, said::add, Duration.ofSeconds(4)).run();

    assertThat(outcome).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(running()).hasSize(1).doesNotContain(oldJob);
    assertThat(said).anyMatch(line -> line.contains("completed no checkpoint within 4 s"));
    assertEveryEventOnce();
  }

  @Test
  void findsOutWhatBecameOfRequestsWhoseAnswersWereLost() throws Exception {
    try (LossyProxy proxy = LossyProxy.start(cluster.address(), "/stop", "/run")) {
      Outcome outcome = upgrade(request(proxy.address(), WeirJob.class, Duration.ofSeconds(60)));

      assertThat(proxy.lost()).containsExactly("/stop", "/run");
      assertThat(outcome).isEqualTo(Outcome.UPGRADED);
      assertThat(running()).hasSize(1).doesNotContain(oldJob);
      assertEveryEventOnce();
    }
  }

  @Test
  void refusesWhatItCouldNotTakeBack() throws Exception {
    new Jars(jobManager)
        .remove(Objects.requireNonNull(RunningJob.find(jobManager, oldJob).note()).jar());

    assertThatThrownBy(() -> upgrade(request(WeirJob.class)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("--old-jar");
    assertThat(running()).containsExactly(oldJob);
  }

  @Test
  void asksForArgumentsThatMayBeSecrets() throws Exception {
    String secret =
        run(
            List.of(
                JOB,
                "--settings",
                settings().toString(),
                "--set",
                "generator.seed=1",
                "--set",
                "sink.file.path=" + folder.resolve("password")));
    UpgradeRequest request = request(WeirJob.class);

    assertThatThrownBy(
            () ->
                upgrade(
                    new UpgradeRequest(
                        request.cluster(),
                        secret,
                        request.jar(),
                        null,
                        null,
                        List.of(),
                        request.limit())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("may be a secret");
    assertThat(jobManager.get("/jobs/" + secret + "/config").body().toString())
        .contains("generator.seed=1")
        .contains("sink.file.path=***")
        .doesNotContain(folder.resolve("password").toString());
  }

  @Test
  void saysWhichJobsRunWhereItFindsNone() throws Exception {
    UpgradeRequest request = request(WeirJob.class);

    assertThatThrownBy(
            () ->
                upgrade(
                    new UpgradeRequest(
                        request.cluster(),
                        "analytics",
                        request.jar(),
                        null,
                        null,
                        List.of(),
                        request.limit())))
        .isInstanceOf(RefusedException.class)
        .hasMessage("there is no job analytics; running: generator (%s)".formatted(oldJob));
  }
}
