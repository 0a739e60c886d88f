package io.weir.operators.routing.select;

/**
 * One open channel after the other, whatever their weights.
 *
 * <p>Cost: a copy of what was computed beforehand; nothing for being counted, as the counts follow
 * from how many records there were.
 *
 * <p>Imbalance: in any run of records the counts of two channels differ by at most 1.
 */
public final class RoundRobinSelector extends Selector {

  private final Cycle cycle;

  /**
   * Begins anywhere.
   *
   * @param start any number at or above 0: senders that begin at different places do not meet at
   *     one receiver
   */
  public RoundRobinSelector(int[] weights, int start) {
    cycle = new Cycle(Weights.openInTurn(weights), start);
  }

  @Override
  public int choose(char[] turns) {
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
  }
}
