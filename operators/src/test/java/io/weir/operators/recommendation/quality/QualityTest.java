package io.weir.operators.recommendation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QualityTest {

  @Test
  void judgesByTheFirstTenPlaces() {
    Quality quality = Quality.NONE.with(0).with(1).with(9).with(10).with(-1);

    assertThat(quality.evaluated()).isEqualTo(5);
    assertThat(quality.hitRate()).isEqualTo(0.6);
    // 1/log2(2), 1/log2(3), 1/log2(11).
    assertThat(quality.gain()).isCloseTo((1 + 0.630930 + 0.289065) / 5, within(1e-6));
  }

  @Test
  void isNothingWhereNothingWasJudged() {
    assertThat(Quality.NONE.hitRate()).isZero();
    assertThat(Quality.NONE.gain()).isZero();
  }

  @Test
  void tellsQuantilesOfLatenciesWithinAQuarter() {
    Random random = new Random(5);
    long[] values = LongStream.generate(() -> random.nextLong(100_000)).limit(10_000).toArray();
    long[] counts = Latencies.none();

    for (long value : values) {
      Latencies.add(counts, value);
    }

    long[] sorted = LongStream.of(values).sorted().toArray();
    for (double q : new double[] {0.01, 0.5, 0.99, 1}) {
      long exact = sorted[(int) Math.ceil(q * sorted.length) - 1];
      assertThat(Latencies.quantile(counts, q)).isBetween(exact, exact + exact / 4 + 1);
    }
    assertThat(Latencies.quantile(Latencies.none(), 0.5)).isZero();
  }

  @Test
  void takesAnyLatency() {
    long[] counts = Latencies.none();

    Latencies.add(counts, -5);
    Latencies.add(counts, Long.MAX_VALUE);

    assertThat(Latencies.quantile(counts, 0.5)).isZero();
    assertThat(Latencies.quantile(counts, 1)).isGreaterThan(1L << 39);
  }
}
