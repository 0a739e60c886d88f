package io.weir.jobs.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionsTest {

  private static final int DRAWS = 1_000_000;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.8, 1, 1.5})
  void drawsRanksAsOftenAsZipfSays(double exponent) {
    int ranks = 100;
    Zipf zipf = new Zipf(ranks, exponent);
    int[] counts = new int[ranks];
    for (int i = 0; i < DRAWS; i++) {
      counts[zipf.rank(Mix.bits(3, i, 9))]++;
    }

    double sum = 0;
    for (int rank = 1; rank <= ranks; rank++) {
      sum += Math.pow(rank, -exponent);
    }
    for (int rank = 1; rank <= ranks; rank++) {
      double expected = DRAWS * Math.pow(rank, -exponent) / sum;
      assertThat((double) counts[rank - 1])
          .as("rank " + rank)
          .isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }
  }

  @Test
  void drawsTheOnlyRank() {
    assertThat(new Zipf(1, 1).rank(Mix.bits(1, 1, 1))).isZero();
  }

  @Test
  void drawsLogNormalNumbers() {
    LogNormal sizes = new LogNormal(3000, 1.2);
    long[] draws = new long[DRAWS];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      draws[i] = sizes.draw(Mix.bits(5, i, 9));
      double log = Math.log(draws[i] + 0.5);
      sum += log;
      squares += log * log;
    }
    Arrays.sort(draws);

    double mean = sum / DRAWS;
    assertThat(mean).isCloseTo(Math.log(3000), within(0.01));
    assertThat(Math.sqrt(squares / DRAWS - mean * mean)).isCloseTo(1.2, within(0.01));
    // The 99th percentile of a normal distribution lies at 2.3263 standard deviations.
    assertThat((double) draws[DRAWS / 100 * 99])
        .isCloseTo(3000 * Math.exp(2.3263 * 1.2), within(700.0));
  }
}
