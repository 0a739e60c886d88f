package io.weir.operators.epoch.faults;

import static org.apache.flink.configuration.JobManagerOptions.SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING;
import static org.apache.flink.configuration.JobManagerOptions.SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT;
import static org.apache.flink.configuration.JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.ReportedMetrics;
import io.weir.operators.epoch.TestCluster;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scheduler that makes the most of what slots there are: its coordinators begin anew. */
@Timeout(300)
class AdaptiveSchedulerTest {

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    Duration soon = Duration.ofMillis(200);
    Configuration options =
        ReportedMetrics.options()
            .set(JobManagerOptions.SCHEDULER, SchedulerType.Adaptive)
            .set(SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT, soon)
            .set(SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT, soon)
            .set(SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING, soon);
    cluster = TestCluster.start(2, 2, options);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void cancel() throws Exception {
    cluster.cancelAll();
    ReportedMetrics.forget();
  }

  @Test
  void goesOnWhenSubtasksFail() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var running = job.run(4, TestCluster.options());
      job.changeAllTheTime();

      for (int subtask = 0; subtask < 3; subtask++) {
        job.awaitSwitches(2);
        job.faults().fail(Stages.SECOND, subtask);
        await().atMost(TestCluster.PATIENCE).until(job.faults()::hasFailed);
      }
      job.awaitSwitches(2);
      job.finish(running);

      job.assertExactlyOnceUnmixed();
    }
  }

  @Test
  void metricsGoOnWhenCoordinatorsBeginAnew() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var running = job.run(2, TestCluster.options());
      job.change();
      job.awaitSwitches(1);
      awaitInForce(job.inForce());
      long switches = gauge("switches");

      job.faults().fail(Stages.SECOND, 0);
      await().atMost(TestCluster.PATIENCE).until(job.faults()::hasFailed);
      long newest = job.change();

      awaitInForce(newest);
      assertThat(gauge("switches")).isGreaterThan(switches);
      job.finish(running);
    }
  }

  private static void awaitInForce(long version) {
    await()
        .atMost(TestCluster.PATIENCE)
        .until(
            () ->
                ReportedMetrics.now().containsKey("versionInForce")
                    && gauge("versionInForce") == version);
  }

  private static long gauge(String name) {
    Metric metric = Objects.requireNonNull(ReportedMetrics.now().get(name), name);
    return ((Gauge<?>) metric).getValue() instanceof Long value ? value : Long.MIN_VALUE;
  }

  @Test
  void goesOnWithFewerSlotsAndWithMoreAgain() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var running = job.run(4, TestCluster.options());
      job.changeAllTheTime().awaitSwitches(2);
      assertThat(running.subtasks("second ->")).isEqualTo(4);

      cluster.loseTaskManager();
      await().atMost(TestCluster.PATIENCE).until(() -> running.subtasks("second ->") == 2);
      job.awaitSwitches(3);
      cluster.addTaskManager();
      await().atMost(TestCluster.PATIENCE).until(() -> running.subtasks("second ->") == 4);
      job.awaitSwitches(3);
      job.finish(running);

      job.assertExactlyOnceUnmixed();
    }
  }
}
