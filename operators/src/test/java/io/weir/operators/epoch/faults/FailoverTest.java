package io.weir.operators.epoch.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.Stamped;
import io.weir.operators.epoch.TestCluster;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of a job are lost while its versions change. */
@Timeout(300)
class FailoverTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(2, 2, new Configuration());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void cancel() throws Exception {
    cluster.cancelAll();
  }

  @Test
  void subtasksFail() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var running = job.run(4, TestCluster.options());
      job.changeAllTheTime();

      for (int subtask = 0; subtask < 4; subtask++) {
        job.awaitSwitches(2);
        fail(job, subtask % 2 == 0 ? Stages.FIRST : Stages.SECOND, subtask);
      }
      job.awaitSwitches(2);
      job.finish(running);

      assertThat(running.restarts()).isGreaterThanOrEqualTo(4);
      job.assertExactlyOnceUnmixed();
    }
  }

  @Test
  void oneRegionFailsWhileTheOtherGoesOn() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.TWO_PIPELINES)) {
      var running = job.run(2, TestCluster.options());
      fail(job, "second-2", 0);
      await().atMost(TestCluster.PATIENCE).until(() -> running.attempts("second-2 ->") == 1);
      // No version was changing, so nothing could be mixed.
      assertThat(running.attempts("second ->")).isZero();
      job.changeAllTheTime();

      for (String stage : List.of("second", "first-2", "second-2", "first")) {
        job.awaitSwitches(2);
        fail(job, stage, 1);
      }
      job.awaitSwitches(2);
      job.finish(running);

      job.assertExactlyOnceUnmixed();
    }
  }

  private static void fail(LiveJob job, String stage, int subtask) {
    job.faults().fail(stage, subtask);
    await().atMost(TestCluster.PATIENCE).until(job.faults()::hasFailed);
  }

  @Test
  void theJobManagerIsReplaced() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var running = job.run(4, TestCluster.options());
      job.changeAllTheTime();

      for (int i = 0; i < 3; i++) {
        job.awaitSwitches(2);
        running.replaceJobManager();
      }
      job.awaitSwitches(2);
      job.finish(running);

      job.assertExactlyOnceUnmixed();
    }
  }

  @Test
  void aTaskManagerIsLost() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var running = job.run(4, TestCluster.options());
      job.changeAllTheTime();

      job.awaitSwitches(2);
      cluster.loseTaskManager();
      cluster.addTaskManager();
      job.awaitSwitches(3);
      job.finish(running);

      assertThat(running.restarts()).isPositive();
      job.assertExactlyOnceUnmixed();
    }
  }

  @Test
  void snapshotsFailAndBarriersComeLate() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var running = job.run(4, impatient());
      job.changeAllTheTime();

      for (int subtask = 0; subtask < 4; subtask++) {
        job.awaitSwitches(1);
        job.faults().failSnapshots(1 + subtask);
        job.awaitSwitches(1);
        job.faults().stall(Stages.SECOND, subtask, TIMEOUT.multipliedBy(2));
      }
      job.awaitSwitches(2);
      long failed = running.failedCheckpoints();
      job.finish(running);

      assertThat(failed).isPositive();
      job.assertExactlyOnceUnmixed();
    }
  }

  @Test
  void withoutGoingBackTheSameFaultsMixVersions() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE).withoutGoingBack()) {
      job.run(4, impatient());
      job.changeAllTheTime();

      await()
          .atMost(TestCluster.PATIENCE)
          .until(
              () -> {
                job.faults().stall(Stages.SECOND, 1, TIMEOUT.multipliedBy(2));
                job.awaitSwitches(2);
                return job.rows().all().stream().anyMatch(Stamped::isMixed);
              });
      assertThatThrownBy(() -> LiveJob.assertConsistent(job.rows()))
          .isInstanceOf(AssertionError.class);
    }
  }

  private static Configuration impatient() {
    return TestCluster.options()
        .set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, TIMEOUT)
        .set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
  }
}
