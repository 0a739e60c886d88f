package io.weir.operators.routing.select;

/** Takes what a selector chooses, one record after the other, as a partitioner does. */
final class Turns {

  private final Selector selector;
  private final char[] turns;
  private int chosen;
  private int taken;

  /** Lets so many be chosen at once. */
  Turns(Selector selector, int atOnce) {
    this.selector = selector;
    turns = new char[atOnce];
  }

  int next() {
    if (taken == chosen) {
      chosen = selector.choose(turns);
      taken = 0;
    }
    return turns[taken++];
  }

  /** Gives back what was chosen for records that have not come. */
  void takeBack() {
    selector.takeBack(turns, taken, chosen);
    taken = chosen;
  }
}
