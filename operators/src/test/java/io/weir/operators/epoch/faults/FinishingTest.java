package io.weir.operators.epoch.faults;

import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.TestCluster;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subtask finishes in the middle of changes, and the others go on. */
@Timeout(300)
class FinishingTest {

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
  void versionsChangeWhenASourceHasFinished() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.WITH_A_SHORT_SOURCE)) {
      var running = startUntilTheShortSourceHasFinished(job);
      job.awaitSwitches(3);
      job.finish(running);

      job.assertExactlyOnceUnmixed();
    }
  }

  @Test
  void aJobIsRestoredWhoseSourceHadFinished() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.WITH_A_SHORT_SOURCE)) {
      var running = startUntilTheShortSourceHasFinished(job);
      job.awaitSwitches(2);
      job.faults().fail(Stages.SECOND, 1);
      await().atMost(TestCluster.PATIENCE).until(job.faults()::hasFailed);
      job.awaitSwitches(3);
      running.replaceJobManager();
      // Where it is restored and finishes at once, a savepoint may still fail, which ends nothing.
      awaitTheShortSourcesEnd(running);
      job.awaitSwitches(3);
      String savepoint = running.stopWithSavepoint(folder.toString());
      var anew = job.run(4, TestCluster.from(savepoint));
      job.awaitSwitches(3);
      job.finish(anew);

      job.assertExactlyOnceUnmixed();
    }
  }

  private static TestCluster.Running startUntilTheShortSourceHasFinished(LiveJob job)
      throws Exception {
    var running = job.run(4, TestCluster.options());
    job.changeAllTheTime();
    awaitTheShortSourcesEnd(running);
    return running;
  }

  private static void awaitTheShortSourcesEnd(TestCluster.Running running) {
    await().atMost(TestCluster.PATIENCE).until(() -> running.hasFinished("numbers-short"));
  }
}
