package io.weir.operators.routing.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorsTest {

  private static final int RECORDS = 1_000_000;
  private static final double ONCE_IN = 1e6;

  private final SplittableRandom random = new SplittableRandom(42);

  private static int[] even(int receivers) {
    return IntStream.generate(() -> 1).limit(receivers).toArray();
  }

  /** Weights of 0 to 100, with some closed receivers and some of weight 1 among them. */
  private int[] uneven(int receivers) {
    int[] weights = IntStream.generate(() -> random.nextInt(101)).limit(receivers).toArray();
    weights[0] = 1;
    weights[1] = 0;
    return weights;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 64, 256, 1000})
  void randomStaysWithinChance(int receivers) {
    Selector selector = new RandomSelector(even(receivers), random);

    Shares shares = Shares.of(selector, even(receivers), RECORDS);

    assertThat(shares.areWithinChance(ONCE_IN)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 63})
  void randomStaysWithinChanceHoweverManyAreChosenAtOnce(int atOnce) {
    Selector selector = new RandomSelector(even(4), random);

    Shares shares = Shares.of(selector, even(4), RECORDS, atOnce);

    assertThat(shares.areWithinChance(ONCE_IN)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 64, 256, 1000})
  void weightedRandomStaysWithinChance(int receivers) {
    int[] weights = uneven(receivers);
    Selector selector = new WeightedRandomSelector(weights, random);

    Shares shares = Shares.of(selector, weights, RECORDS);

    assertThat(shares.areWithinChance(ONCE_IN)).isTrue();
  }

  @Test
  void theBoundOfChanceNoticesAReceiverThatGetsOnePercentTooMuch() {
    int[] believed = {100, 100, 100, 100};
    int[] used = {102, 100, 100, 100};

    Shares shares = Shares.of(new WeightedRandomSelector(used, random), believed, 2 * RECORDS);

    assertThat(shares.areWithinChance(ONCE_IN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 64, 256})
  void roundRobinDiffersByOneRecordInAnyRun(int receivers) {
    Selector selector = new RoundRobinSelector(even(receivers), random.nextInt(1000));

    for (int run = 0; run < 1000; run++) {
      Shares shares = Shares.of(selector, even(receivers), random.nextInt(1, 3 * receivers + 1));
      long most = IntStream.range(0, receivers).mapToLong(shares::count).max().orElseThrow();
      long least = IntStream.range(0, receivers).mapToLong(shares::count).min().orElseThrow();
      assertThat(most - least).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void keeps1234WithinOnePercentOverAny10000Records() {
    int[] weights = {1, 2, 3, 4};
    Selector selector = new WeightedRoundRobinSelector(weights, 3);
    int[] choices = IntStream.generate(new Turns(selector, 40)::next).limit(40_000).toArray();
    long[] counts = new long[4];

    for (int record = 0; record < choices.length; record++) {
      counts[choices[record]]++;
      if (record >= 10_000) {
        counts[choices[record - 10_000]]--;
      }
      if (record >= 9_999) {
        for (int channel = 0; channel < 4; channel++) {
          double ideal = 1_000.0 * weights[channel];
          assertThat(Math.abs(counts[channel] - ideal)).isLessThanOrEqualTo(ideal / 100);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 17, 64, 256})
  void weightedRoundRobinIsLessThanTwoRecordsOffInAnyRun(int receivers) {
    int[] weights = uneven(receivers);
    Selector selector = new WeightedRoundRobinSelector(weights, random.nextInt(1000));

    for (int run = 0; run < 2_000; run++) {
      Shares shares = Shares.of(selector, weights, random.nextInt(1, 2_000));
      assertThat(shares.farthest()).isLessThan(2);
    }
  }

  @Test
  void closedReceiversGetNothing() {
    int[] weights = {0, 3, 0, 1, 0};
    for (Selector selector :
        Arrays.asList(
            new RandomSelector(weights, random),
            new WeightedRandomSelector(weights, random),
            new RoundRobinSelector(weights, 7),
            new WeightedRoundRobinSelector(weights, 7),
            new LeastBacklogSelector(weights, 2, channel -> 5, random))) {
      Shares shares = Shares.of(selector, weights, 10_000);

      assertThat(shares.count(0) + shares.count(2) + shares.count(4)).isZero();
      assertThat(shares.count(1)).isPositive();
      assertThat(shares.count(3)).isPositive();
    }
  }

  @Test
  void knowHowOftenTheyChoseEachReceiver() {
    int[] weights = {3, 0, 1, 300, 7};
    Selector followed = new WeightedRoundRobinSelector(new int[] {1, 2, 3, 4, 5}, 7);
    Shares.of(followed, weights, 11);
    for (Selector selector :
        Arrays.asList(
            new RandomSelector(weights, random),
            new WeightedRandomSelector(weights, random),
            new RoundRobinSelector(weights, 7),
            new WeightedRoundRobinSelector(weights, 200),
            ((WeightedRoundRobinSelector) followed).followedBy(weights, 5),
            new LeastBacklogSelector(weights, 2, channel -> 5, random))) {
      long[] expected = new long[weights.length];

      for (int run = 0; run < 1_000; run++) {
        Shares shares = Shares.of(selector, weights, random.nextInt(0, 200));
        Arrays.setAll(expected, channel -> expected[channel] + shares.count(channel));
        long[] counts = new long[weights.length];
        selector.count(counts);
        assertThat(counts).as(selector.getClass().getName()).isEqualTo(expected);
      }
    }
  }

  @Test
  void refusesWeightsThatLeaveNobody() {
    assertThatThrownBy(() -> new WeightedRandomSelector(new int[] {0, 0}, random))
        .hasMessageContaining("no weight above 0 in [0, 0]");
    assertThatThrownBy(() -> new RoundRobinSelector(new int[] {1, -1}, 0))
        .hasMessageContaining("a weight below 0 in [1, -1]");
  }
}
