package io.weir.operators.epoch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.epoch.message.Document;
import java.time.Instant;
import org.apache.flink.metrics.HistogramStatistics;
import org.junit.jupiter.api.Test;

class SwitchDelaysTest {

  private static final Instant START = Instant.ofEpochMilli(10_000);

  private Instant now = START;
  private final SwitchDelays delays = new SwitchDelays(() -> now);

  private static Document version(long version) {
    return new Document(version, "hash " + version, "text");
  }

  private void agreed(long version, long millis) {
    delays.agreed(version(version), START.plusMillis(millis));
  }

  private void inForce(long version, long millis) {
    now = START.plusMillis(millis);
    delays.inForce(version(version));
  }

  private long[] values() {
    return delays.histogram().getStatistics().getValues();
  }

  @Test
  void measureFromTheStoresAgreementToTheCheckpointsCompletion() {
    agreed(2, 100);
    agreed(3, 150);

    inForce(2, 130);
    inForce(3, 200);

    assertThat(values()).containsExactly(30, 50);
  }

  @Test
  void leaveOutWhatWasOvertaken() {
    agreed(2, 0);
    agreed(3, 10);
    agreed(4, 20);

    inForce(3, 50);
    inForce(2, 60);
    inForce(4, 70);

    assertThat(values()).containsExactly(40, 50);
  }

  @Test
  void beginWithTheJobManagerAndAreNeverNegative() {
    agreed(2, -3_600_000);
    agreed(3, 500);

    inForce(2, 80);
    inForce(3, 400);

    assertThat(values()).containsExactly(0, 80);
  }

  @Test
  void sayNothingOfVersionsThatNobodyAgreedOn() {
    inForce(7, 100);

    assertThat(values()).isEmpty();
    assertThat(delays.histogram().getStatistics().getMax()).isZero();
    assertThat(delays.histogram().getStatistics().getQuantile(0.5)).isZero();
  }

  @Test
  void takeNoMoreThanSoManyVersionsThatWait() {
    for (long version = 1; version <= SwitchDelays.MOST_WAITING + 5; version++) {
      agreed(version, 0);
    }

    inForce(5, 10);
    inForce(6, 20);

    assertThat(values()).containsExactly(20);
  }

  @Test
  void areKnownByTheNewestAndByNearestRank() {
    for (int i = 1; i <= RecentHistogram.KEPT + 500; i++) {
      delays.histogram().update(i);
    }

    HistogramStatistics statistics = delays.histogram().getStatistics();

    assertThat(delays.histogram().getCount()).isEqualTo(RecentHistogram.KEPT + 500);
    assertThat(statistics.size()).isEqualTo(RecentHistogram.KEPT);
    assertThat(statistics.getMin()).isEqualTo(501);
    assertThat(statistics.getMax()).isEqualTo(1_500);
    assertThat(statistics.getQuantile(0.5)).isEqualTo(1_000);
    assertThat(statistics.getQuantile(0.99)).isEqualTo(1_490);
    assertThat(statistics.getQuantile(0)).isEqualTo(501);
    assertThat(statistics.getQuantile(1)).isEqualTo(1_500);
    assertThat(statistics.getMean()).isEqualTo(1_000.5);
    assertThat(statistics.getStdDev()).isBetween(288.8, 288.9);
  }
}
