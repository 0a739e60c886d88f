package io.weir.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.VersionId;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every metric of live configuration, as a reporter of Flink's sees it. */
@Timeout(300)
class EpochMetricsTest {

  private static final int ENDLESS = 1_000_000_000;

  private static TestCluster cluster;

  private final SharedStore store = new SharedStore();

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(ReportedMetrics.options());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void close() throws Exception {
    cluster.cancelAll();
    ReportedMetrics.forget();
    store.close();
  }

  private EpochJob job(Stamp.Pace pace) {
    return new EpochJob(
        EpochSettings.following(SharedStore.JOB, store.provider()),
        ENDLESS,
        pace,
        CommittedRows.create());
  }

  @Test
  void sayWhatIsInForceWhatIsKnownAndWhatWasRefused() throws Exception {
    store.set(0, Factor.document(1));
    cluster.run(job(Stamp.Pace.EVEN), 2, EpochJob.options());
    awaitGauge("versionInForce", 1);
    assertThat(ReportedMetrics.now().keySet())
        .containsExactlyInAnyOrder(
            "versionInForce",
            "newestKnown",
            "stalenessSeconds",
            "notFollowed",
            "switches",
            "refused",
            "abortedSwitches",
            "mixedRestarts",
            "switchDelayMillis");
    assertThat(gauge("newestKnown")).isEqualTo(1);
    assertThat(gauge("switches")).isZero();

    store.set(1, Factor.document(2));
    awaitGauge("versionInForce", 2);
    assertThat(gauge("switches")).isEqualTo(1);
    assertThat(delays().getCount()).isEqualTo(1);
    assertThat(delays().getStatistics().getMax()).isBetween(0L, 120_000L);

    store.set(2, Factor.document(-1));
    awaitGauge("refused", 1);
    assertThat(gauge("versionInForce")).isEqualTo(2);
    assertThat(gauge("newestKnown")).isEqualTo(2);
    assertThat(gauge("notFollowed")).isZero();
    assertThat(gauge("mixedRestarts")).isZero();
  }

  @Test
  void growStaleWhileTheStoreIsAway() throws Exception {
    store.set(0, Factor.document(1));
    cluster.run(job(Stamp.Pace.EVEN), 2, EpochJob.options());
    awaitGauge("versionInForce", 1);

    store.goAway();

    await().atMost(TestCluster.PATIENCE).until(() -> gauge("stalenessSeconds") >= 3);
    store.comeBack();
    await().atMost(TestCluster.PATIENCE).until(() -> gauge("stalenessSeconds") < 3);
  }

  @Test
  void sayThatAStoreIsNotFollowedUntilItIsAdopted() throws Exception {
    store.set(0, Factor.document(1));
    byte[] backup = store.backUp();
    VersionId held = VersionId.of(store.set(1, Factor.document(2)));
    cluster.run(job(Stamp.Pace.EVEN), 2, EpochJob.options());
    awaitGauge("versionInForce", 2);
    assertThat(gauge("notFollowed")).isZero();

    store.restore(backup);
    awaitGauge("notFollowed", 1);
    assertThat(gauge("refused")).isZero();
    store.set(1, Factor.document(3));
    store.adopt(2, held);

    awaitGauge("versionInForce", 3);
    assertThat(gauge("notFollowed")).isZero();
    assertThat(gauge("newestKnown")).isEqualTo(3);
  }

  @Test
  void countWhatIsAbortedAndGoesBack() throws Exception {
    store.set(0, Factor.document(1));
    cluster.run(job(Stamp.Pace.SOMETIMES_STUCK), 4, EpochJob.impatient());
    awaitGauge("versionInForce", 1);

    AtomicLong version = new AtomicLong(1);
    await()
        .atMost(TestCluster.PATIENCE)
        .until(
            () -> {
              store.set(version.get(), Factor.document(version.incrementAndGet()));
              return gauge("mixedRestarts") > 0;
            });

    assertThat(gauge("abortedSwitches")).isPositive();
  }

  private static void awaitGauge(String name, long value) {
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> ReportedMetrics.now().containsKey(name) && gauge(name) == value);
  }

  private static long gauge(String name) {
    return ((Gauge<?>) metric(name)).getValue() instanceof Long value ? value : Long.MIN_VALUE;
  }

  private static Histogram delays() {
    return (Histogram) metric("switchDelayMillis");
  }

  private static Object metric(String name) {
    return Objects.requireNonNull(ReportedMetrics.now().get(name), name);
  }
}
