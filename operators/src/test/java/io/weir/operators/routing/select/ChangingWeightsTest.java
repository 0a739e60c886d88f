package io.weir.operators.routing.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Weighted round robin while its weights change every few records. */
class ChangingWeightsTest {

  private static final int CHANGES = 5_000;
  private static final int RECEIVERS = 8;

  private final SplittableRandom random = new SplittableRandom(7);

  private int[] weights() {
    return IntStream.generate(() -> random.nextInt(1, 10)).limit(RECEIVERS).toArray();
  }

  @Test
  void makesGoodWhatItOwedSoThatChangesDoNotAddUp() {
    Shares shares = new Shares(RECEIVERS);
    int[] weights = weights();
    WeightedRoundRobinSelector selector = new WeightedRoundRobinSelector(weights, 0);

    for (int change = 0; change < CHANGES; change++) {
      shares.take(selector, weights, random.nextInt(1, 100));
      assertThat(shares.farthest()).isLessThan(4);
      weights = weights();
      selector = selector.followedBy(weights, random.nextInt(1000));
    }
    // Long enough for everything that was owed to be made good.
    shares.take(selector, weights, 1_000);

    assertThat(shares.farthest()).isLessThan(3);
  }

  @Test
  void forgettingWhatIsOwedAddsUp() {
    Shares shares = new Shares(RECEIVERS);

    for (int change = 0; change < CHANGES; change++) {
      int[] weights = weights();
      shares.take(new WeightedRoundRobinSelector(weights, 0), weights, random.nextInt(1, 100));
    }

    assertThat(shares.farthest()).isGreaterThan(20);
  }

  @Test
  void aReceiverThatIsDrainedAndOpenedAgainIsOwedNothing() {
    int[] open = {1, 1, 1};
    int[] drained = {0, 1, 1};
    WeightedRoundRobinSelector selector = new WeightedRoundRobinSelector(open, 1);
    for (int change = 0; change < 1_000; change++) {
      Shares.of(selector, open, random.nextInt(1, 50));
      selector = selector.followedBy(drained, 0);
      Shares whileDrained = Shares.of(selector, drained, random.nextInt(1, 50));
      assertThat(whileDrained.count(0)).isZero();
      selector = selector.followedBy(open, 0);
    }

    Shares after = Shares.of(selector, open, 3_000);

    assertThat(after.farthest()).isLessThan(3);
  }
}
