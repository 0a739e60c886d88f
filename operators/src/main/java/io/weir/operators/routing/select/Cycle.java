package io.weir.operators.routing.select;

/** Channels in an order that begins anew when it ends. For one thread. */
final class Cycle {

  /** Short orders are repeated, so that many channels are copied at once. */
  private static final int AT_LEAST = 256;

  private final char[] channels;
  private final int start;
  private int at;
  private long records;

  /**
   * Begins anywhere.
   *
   * @param once the order; not empty
   * @param start any number at or above 0
   */
  Cycle(char[] once, int start) {
    channels = repeated(once);
    this.start = start % once.length;
    at = this.start;
  }

  private static char[] repeated(char[] once) {
    char[] channels = new char[once.length * ((AT_LEAST + once.length - 1) / once.length)];
    for (int i = 0; i < channels.length; i += once.length) {
      System.arraycopy(once, 0, channels, i, once.length);
    }
    return channels;
  }

  int next() {
    int channel = channels[at];
    advance(1);
    return channel;
  }

  void fill(char[] turns) {
    for (int filled = 0; filled < turns.length; ) {
      int some = Math.min(turns.length - filled, channels.length - at);
      System.arraycopy(channels, at, turns, filled, some);
      filled += some;
      advance(some);
    }
  }

  private void advance(int records) {
    at += records;
    if (at == channels.length) {
      at = 0;
    }
    this.records += records;
  }

  /** Goes back by so many records. */
  void takeBack(int back) {
    at = Math.floorMod(at - back, channels.length);
    records -= back;
  }

  /** How many records there were. */
  long records() {
    return records;
  }

  /** Adds how many of them each channel had, in steps of the length of the order. */
  void count(long[] counts) {
    // Read once: the thread that chooses goes on.
    long end = start + records;
    count(counts, 0, channels.length, end / channels.length);
    count(counts, 0, (int) (end % channels.length), 1);
    count(counts, 0, start, -1);
  }

  private void count(long[] counts, int from, int to, long times) {
    for (int i = from; i < to; i++) {
      counts[channels[i]] += times;
    }
  }
}
