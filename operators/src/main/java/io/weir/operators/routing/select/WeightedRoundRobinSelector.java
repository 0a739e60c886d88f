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
  private final char[] cycle;
  private final int start;
  private final Debts debts;

  private int at;
  private long rounds;

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
    cycle = SmoothCycle.of(this.weights);
    debts = new Debts(this.weights, surplus);
    this.start = start % cycle.length;
    at = this.start;
  }

  /** One of other weights for the same channels, which takes over what this one owes. */
  public WeightedRoundRobinSelector followedBy(int[] next, int from) {
    return new WeightedRoundRobinSelector(next, from, surplus());
  }

  @Override
  public int next() {
    int channel = cycle[at];
    advance(1);
    return debts.areSettled() ? channel : debts.settle(channel);
  }

  @Override
  public int choose(char[] turns) {
    if (!debts.areSettled()) {
      return super.choose(turns);
    }
    for (int filled = 0; filled < turns.length; ) {
      int records = Math.min(turns.length - filled, cycle.length - at);
      System.arraycopy(cycle, at, turns, filled, records);
      filled += records;
      advance(records);
    }
    return turns.length;
  }

  private void advance(int records) {
    at += records;
    if (at == cycle.length) {
      at = 0;
      rounds++;
    }
  }

  @Override
  public void takeBack(int records) {
    at -= records;
    while (at < 0) {
      at += cycle.length;
      rounds--;
    }
  }

  /** How many records each channel has had above its share, now and under what went before. */
  double[] surplus() {
    long[] counts = new long[weights.length];
    count(counts, 0, at, 1);
    count(counts, 0, start, -1);
    double records = (double) rounds * cycle.length + at - start;
    double[] surplus = debts.surplus();
    for (int channel = 0; channel < weights.length; channel++) {
      double share = records * weights[channel] / sum;
      surplus[channel] += counts[channel] + (double) rounds * weights[channel] - share;
    }
    return surplus;
  }

  private void count(long[] counts, int from, int to, int times) {
    for (int i = from; i < to; i++) {
      counts[cycle[i]] += times;
    }
  }
}
