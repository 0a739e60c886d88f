package io.weir.operators.routing.select;

/** Chooses channels for one record after the other, and counts its choices. For one thread. */
public abstract class Selector {

  /**
   * Chooses for several records at once, so that a call for each is not needed.
   *
   * @param turns takes the channels of the next records, from 0; at least one
   * @return of how many; at least one
   */
  public abstract int choose(char[] turns);

  /**
   * Takes back the last of what was chosen, which no record was sent by: another selector follows.
   *
   * @param turns as they were chosen
   * @param from the first that is taken back, {@code until} is the first that was not chosen
   */
  public abstract void takeBack(char[] turns, int from, int until);

  /**
   * Adds to each channel's count how often it was chosen and not taken back. It may be called by
   * another thread, which sees a choice some time later.
   */
  public abstract void count(long[] counts);
}
