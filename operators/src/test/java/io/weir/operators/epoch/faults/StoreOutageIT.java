package io.weir.operators.epoch.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store is away under load: a few seconds, and a minute with {@code -Psoak}. */
@Timeout(400)
class StoreOutageIT {

  private static final boolean SOAK = Boolean.getBoolean("weir.soak");
  private static final Duration OUTAGE = Duration.ofSeconds(SOAK ? 60 : 4);
  // A second is what is promised; on a machine that does much else it may take longer.
  private static final Duration RETURN = SOAK ? Duration.ofSeconds(1) : TestCluster.PATIENCE;

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(1, 8, new Configuration());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aJobGoesOnUnderItsVersionAndTakesTheNewestWhenTheStoreIsBack() throws Exception {
    try (LiveJob job = LiveJob.on(cluster, NumbersJob.Shape.ONE_PIPELINE)) {
      var running = job.run(4, TestCluster.options());
      job.changeAllTheTime().awaitSwitches(3);
      long failed = running.failedCheckpoints();

      job.store().goAway();
      await().atMost(TestCluster.PATIENCE).until(() -> newestKnown(running) == inForce(running));
      long version = inForce(running);
      long checkpoints = running.completedCheckpoints();
      List<Long> staleness = sampleStaleness(running);
      assertThat(inForce(running)).isEqualTo(version);
      assertThat(running.completedCheckpoints()).isGreaterThan(checkpoints + OUTAGE.toSeconds());
      assertThat(staleness).isSorted().doesNotHaveDuplicates();

      long newest = job.newest();
      assertThat(newest).isGreaterThan(version);
      long back = System.nanoTime();
      job.store().comeBack();
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(RETURN)
          .until(() -> inForce(running) >= newest);
      System.out.printf(
          "store away for %d s; the newest version in force %d ms after its return%n",
          OUTAGE.toSeconds(), (System.nanoTime() - back) / 1_000_000);
      job.awaitSwitches(2);
      assertThat(running.gauge("stalenessSeconds").orElseThrow()).isLessThan(staleness.get(1));
      assertThat(running.failedCheckpoints()).isEqualTo(failed);
      job.finish(running);

      assertThat(running.restarts()).isZero();
      job.assertExactlyOnceUnmixed();
    }
  }

  /** Each value that the gauge has until it has risen to the length of the outage. */
  private static List<Long> sampleStaleness(TestCluster.Running running) {
    List<Long> values = new ArrayList<>();
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(OUTAGE.plus(TestCluster.PATIENCE))
        .until(
            () -> {
              long value = running.gauge("stalenessSeconds").orElseThrow();
              if (values.isEmpty() || values.get(values.size() - 1) != value) {
                values.add(value);
              }
              return value >= OUTAGE.toSeconds();
            });
    return values;
  }

  private static long inForce(TestCluster.Running running) {
    return running.gauge("versionInForce").orElseThrow();
  }

  private static long newestKnown(TestCluster.Running running) {
    return running.gauge("newestKnown").orElseThrow();
  }
}
