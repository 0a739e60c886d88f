package io.weir.benchmarks.switching;

import java.io.Serializable;

/**
 * What both jobs do with records: the first operator writes its version into them, the second
 * compares it with its own, counts, and pauses.
 */
final class Counting implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int BATCH = 1024;
  private static final long VERSION_BITS = 20;
  private static final long VERSION_MASK = (1L << VERSION_BITS) - 1;

  /** The last number that still has room for a version. */
  static final long LAST_NUMBER = Long.MAX_VALUE >> (VERSION_BITS + 1);

  private final boolean first;
  private final Pause pause;
  private transient int counted;

  private Counting(boolean first, Pause pause) {
    this.first = first;
    this.pause = pause;
  }

  static Counting first() {
    return new Counting(true, Pause.NONE);
  }

  static Counting second(Pause pause) {
    return new Counting(false, pause);
  }

  /** What becomes of a record under a version. */
  long apply(long record, long version) {
    if (first) {
      return record << VERSION_BITS | version;
    }
    if ((record & VERSION_MASK) != version) {
      Board.mixed();
    }
    pause.after(++counted);
    if (counted == BATCH) {
      Board.counted(counted);
      counted = 0;
    }
    return record;
  }
}
