package io.weir.operators.epoch.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.CommittedRows;
import io.weir.operators.epoch.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs go on from savepoints that are taken while versions change. */
@Timeout(300)
class RestoreTest {

  private static TestCluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(1, 8, new Configuration());
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
  void goesOnWithMoreAndWithFewerSubtasks() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var two = job.run(2, TestCluster.options());
      job.changeAllTheTime().awaitSwitches(2);
      String first = two.stopWithSavepoint(folder.toString());
      // Nobody tells the new job of its version before it runs.
      job.store().goAway();
      var four = job.run(4, TestCluster.from(first));
      four.awaitRunning();
      job.store().comeBack();
      job.awaitSwitches(3);
      String second = four.stopWithSavepoint(folder.toString());
      var three = job.run(3, TestCluster.from(second));
      job.awaitSwitches(3);
      job.finish(three);

      job.assertExactlyOnceUnmixed();
    }
  }

  @Test
  void goesOnInANewJobFromASavepointThatTheOldOneOutlives() throws Exception {
    CommittedRows others = CommittedRows.create();
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var old = job.run(3, TestCluster.options());
      job.changeAllTheTime().awaitSwitches(2);
      String savepoint = old.savepoint(folder.toString());
      job.awaitSwitches(2);
      old.cancel();
      var anew = job.run(others, 4, TestCluster.from(savepoint));
      job.awaitSwitches(3);
      job.finish(anew);

      LiveJob.assertConsistent(job.rows());
      LiveJob.assertConsistent(others);
      assertThat(LiveJob.ids(others)).doesNotHaveDuplicates();
      // What the new one has not, the old one had before the savepoint.
      long[] both =
          LongStream.concat(
                  Arrays.stream(LiveJob.ids(job.rows())), Arrays.stream(LiveJob.ids(others)))
              .sorted()
              .distinct()
              .toArray();
      assertThat(both).isEqualTo(job.expected());
    }
  }

  @Test
  void stopsWithASavepointThatChangesTheVersion() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE).withoutApplyNow()) {
      var old = job.run(4, seldom(TestCluster.options()));
      awaitACheckpoint(old);
      job.change();
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> old.gauge("newestKnown").equals(Optional.of(2L)));
      String savepoint = old.stopWithSavepoint(folder.toString());
      assertThat(job.versions()).containsExactly(1L);

      // Nobody tells the new job of the version before it runs.
      job.store().goAway();
      var anew = job.run(4, seldom(TestCluster.from(savepoint)));
      anew.awaitRunning();
      job.finish(anew);

      job.assertExactlyOnceUnmixed();
      assertThat(job.versions()).containsExactlyInAnyOrder(1L, 2L);
    }
  }

  @Test
  void goesBackBehindASavepointThatChangedTheVersion() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE).withoutApplyNow()) {
      var running = job.run(4, seldom(TestCluster.options()));
      awaitACheckpoint(running);
      job.change();
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> running.gauge("newestKnown").equals(Optional.of(2L)));
      running.savepoint(folder.toString());
      job.faults().fail(Stages.SECOND, 2);
      await().atMost(TestCluster.PATIENCE).until(job.faults()::hasFailed);
      running.awaitRunning();
      running.checkpoint();
      job.finish(running);

      job.assertExactlyOnceUnmixed();
      assertThat(job.versions()).containsExactlyInAnyOrder(1L, 2L);
    }
  }

  /** Only the test takes checkpoints. */
  private static Configuration seldom(Configuration options) {
    return options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
  }

  private static void awaitACheckpoint(TestCluster.Running running) throws Exception {
    running.awaitRunning();
    running.checkpoint();
  }
}
