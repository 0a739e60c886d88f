package io.weir.operators.routing.select;

/**
 * Channels in turn, each as often as its weight says and as evenly as can be: a {@link
 * SmoothCycle}, computed beforehand.
 *
 * <p>Cost: as of {@link RoundRobinSelector}; making one takes steps as many as the sum of the
 * weights (without their common divisor) times the logarithm of the number of channels.
 *
 * <p>Imbalance: in any run of records, a channel's count is less than 2 records away from its
 * share. A selector that {@linkplain #followedBy follows} another makes good what that one owed, so
 * under ever so many changes the sums stay less than 3 records away from the sums of the shares,
 * not counting what the last changes came too fast to make good.
 */
public final class WeightedRoundRobinSelector extends Selector {

  private final int[] weights;
  private final long sum;
  private final Cycle cycle;
  private final Debts debts;

  /**
   * Begins anywhere in the cycle.
   *
   * @param start any number at or above 0: senders that begin at different places do not meet at
   *     one receiver
   */
  public WeightedRoundRobinSelector(int[] weights, int start) {
    this(weights, start, new double[weights.length]);
  }

  private WeightedRoundRobinSelector(int[] weights, int start, double[] surplus) {
    this.weights = Weights.reduced(weights);
    sum = Weights.sum(this.weights);
    cycle = new Cycle(SmoothCycle.of(this.weights), start);
    debts = new Debts(this.weights, surplus);
  }

  /** One of other weights for the same channels, which takes over what this one owes. */
  public WeightedRoundRobinSelector followedBy(int[] next, int from) {
    return new WeightedRoundRobinSelector(next, from, surplus());
  }

  @Override
  public int choose(char[] turns) {
    if (!debts.areSettled()) {
      turns[0] = (char) debts.settle(cycle.next());
      return 1;
    }
    cycle.fill(turns);
    return turns.length;
  }

  @Override
  public void takeBack(char[] turns, int from, int until) {
    cycle.takeBack(until - from);
  }

  @Override
  public void count(long[] counts) {
    cycle.count(counts);
    debts.count(counts);
  }

  /** How many records each channel has had above its share, now and under what went before. */
  double[] surplus() {
    long[] counts = new long[weights.length];
    cycle.count(counts);
    double records = cycle.records();
    double[] surplus = debts.surplus();
    for (int channel = 0; channel < weights.length; channel++) {
      surplus[channel] += counts[channel] - records * weights[channel] / sum;
    }
    return surplus;
  }
}
