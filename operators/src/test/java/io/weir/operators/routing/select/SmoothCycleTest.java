package io.weir.operators.routing.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmoothCycleTest {

  @Test
  void spreadsFiveToOneToOneAsEvenlyAsCanBe() {
    assertThat(SmoothCycle.of(new int[] {5, 1, 1})).isEqualTo(new char[] {0, 0, 1, 0, 2, 0, 0});
  }

  @Test
  void isNeverOneRecordOrMoreOffAnyShare() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int receivers = random.nextInt(1, 40);
      int most = random.nextInt(2, 1_000);
      int[] weights = IntStream.generate(() -> random.nextInt(most)).limit(receivers).toArray();
      weights[0] = 1;

      assertThat(farthest(weights)).as("seed %d", seed).isLessThan(bound(weights));
    }
  }

  private static double bound(int[] weights) {
    int open = Weights.open(weights).length;
    return open == 1 ? 1e-9 : 1 - 1.0 / (2 * open - 2) + 1e-9;
  }

  private static double farthest(int[] weights) {
    char[] cycle = SmoothCycle.of(weights);
    double sum = Weights.sum(weights);
    long[] counts = new long[weights.length];
    double farthest = 0;
    for (int t = 1; t <= cycle.length; t++) {
      counts[cycle[t - 1]]++;
      for (int channel = 0; channel < weights.length; channel++) {
        farthest = Math.max(farthest, Math.abs(counts[channel] - t * weights[channel] / sum));
      }
    }
    return farthest;
  }
}
