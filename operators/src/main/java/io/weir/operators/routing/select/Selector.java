package io.weir.operators.routing.select;

/** Chooses channels, one record after the other. For one thread. */
public abstract class Selector {

  /** The channel of the next record, from 0. */
  public abstract int next();

  /**
   * Chooses for several records at once, so that a call for each is not needed.
   *
   * @param turns takes the channels of the next records
   * @return of how many; at least one
   */
  public int choose(char[] turns) {
    turns[0] = (char) next();
    return 1;
  }

  /**
   * Takes back the last of the channels that were chosen, which no record was sent to: another
   * selector follows.
   */
  public void takeBack(int records) {}

  /** Fills all turns with what {@link #next} says. */
  final int chooseAll(char[] turns) {
    for (int i = 0; i < turns.length; i++) {
      turns[i] = (char) next();
    }
    return turns.length;
  }
}
