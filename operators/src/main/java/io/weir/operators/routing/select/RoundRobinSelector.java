package io.weir.operators.routing.select;

/**
 * One open channel after the other, whatever their weights.
 *
 * <p>Cost: an addition, a comparison, a read.
 *
 * <p>Imbalance: in any run of records the counts of two channels differ by at most 1.
 */
public final class RoundRobinSelector extends Selector {

  private final int[] channels;
  private int last;

  /**
   * Begins anywhere.
   *
   * @param start any number at or above 0: senders that begin at different places do not meet at
   *     one receiver
   */
  public RoundRobinSelector(int[] weights, int start) {
    channels = Weights.open(weights);
    last = start % channels.length;
  }

  @Override
  public int next() {
    int at = last + 1;
    last = at == channels.length ? 0 : at;
    return channels[last];
  }

  @Override
  public int choose(char[] turns) {
    return chooseAll(turns);
  }
}
