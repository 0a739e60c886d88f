package io.weir.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalClusterTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final long ENDLESS = Long.MAX_VALUE;
  private static final long NEVER = -1;

  @TempDir private static Path folder;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(profile(), WorkFolder.createIn(folder));
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  private static Configuration profile() {
    return LocalCluster.profile(Path.of("..", "flink-conf", "local"));
  }

  private static JobClient submitEndless() throws Exception {
    return cluster.submit("endless", env -> TinyJob.define(env, ENDLESS, 100, NEVER));
  }

  @Test
  void runsAJobAndShowsItInTheWebInterfaceOfThisMachine() throws Exception {
    JobClient job = cluster.submit("ten", env -> TinyJob.define(env, 10, 1000, NEVER));

    job.getJobExecutionResult().get();

    assertThat(cluster.address().getHost()).isEqualTo("127.0.0.1");
    assertThat(body(cluster.address().resolve("/"))).contains("<html");
    assertThat(body(cluster.address().resolve("/jobs/overview"))).contains("\"name\":\"ten\"");
  }

  @Test
  void tellsHowFarTheSourcesOfAllSubtasksAre() throws Exception {
    JobClient job = submitEndless();
    SourceMetrics metrics = new SourceMetrics(cluster.address(), job.getJobID());

    await()
        .atMost(PATIENCE)
        .until(metrics::read, work -> work.records() > 0 && work.total() == 201);

    assertThat(metrics.read().done()).isEqualTo(61);
    assertThat(metrics.read().share()).hasValue(61.0 / 201);
    job.cancel().get();
  }

  @Test
  void drainsAJobIntoASavepoint() throws Exception {
    JobClient job = submitEndless();

    // Not before all subtasks run.
    String savepoint =
        await()
            .atMost(PATIENCE)
            .ignoreExceptionsInstanceOf(ExecutionException.class)
            .until(
                () -> job.stopWithSavepoint(true, null, SavepointFormatType.CANONICAL).get(),
                written -> true);

    assertThat(job.getJobExecutionResult().get()).isNotNull();
    assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
    assertThat(Path.of(URI.create(savepoint))).isDirectoryContaining("glob:**/_metadata");
    assertThat(Path.of(URI.create(savepoint))).startsWith(folder);
  }

  @Test
  void cancelsAJob() throws Exception {
    JobClient job = submitEndless();

    job.cancel().get();

    assertThatThrownBy(() -> job.getJobExecutionResult().get())
        .isInstanceOf(ExecutionException.class);
    assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  void hasSlotsForAParallelismAboveTheProfileAndLeavesNothingBehind(@TempDir Path own)
      throws Exception {
    Configuration profile = profile();
    profile.set(CoreOptions.DEFAULT_PARALLELISM, 7);
    try (LocalCluster wide = LocalCluster.start(profile, WorkFolder.createIn(own))) {
      JobClient job = wide.submit("ten", env -> TinyJob.define(env, 10, 1000, NEVER));

      job.getJobExecutionResult().get();

      assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
      assertThat(own).isNotEmptyDirectory();
    }
    assertThat(own).isEmptyDirectory();
  }

  @Test
  void leavesNothingBehindWhenItCannotStart(@TempDir Path own) throws IOException {
    Configuration profile = profile();
    profile.setString("rest.bind-address", "192.0.2.1");

    WorkFolder work = WorkFolder.createIn(own);

    assertThatThrownBy(() -> LocalCluster.start(profile, work)).isInstanceOf(Exception.class);
    assertThat(own).isEmptyDirectory();
  }

  private static String body(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
