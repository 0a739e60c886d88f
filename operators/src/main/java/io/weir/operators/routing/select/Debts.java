package io.weir.operators.routing.select;

/**
 * What channels have had above or below their shares when their weights changed, and its settlement
 * in whole records: a channel that had too many leaves its next turns to one that had too few.
 */
final class Debts {

  private final double[] before;
  // Records that a channel is yet to get (above 0) or to leave to others, beside its turns.
  private final int[] owed;
  private final int[] settled;
  private int open;

  Debts(int[] weights, double[] surplus) {
    before = among(weights, surplus);
    owed = rounded(weights, before);
    settled = new int[weights.length];
    for (int records : owed) {
      open += Math.max(0, records);
    }
  }

  /** What closed channels had too many or too few is shared out: they get no turns to settle it. */
  private static double[] among(int[] weights, double[] surplus) {
    double[] among = new double[weights.length];
    double left = 0;
    for (int channel = 0; channel < weights.length; channel++) {
      if (weights[channel] > 0) {
        among[channel] = surplus[channel];
        left += surplus[channel];
      }
    }
    long sum = Weights.sum(weights);
    for (int channel = 0; channel < weights.length; channel++) {
      among[channel] -= left * weights[channel] / sum;
    }
    return among;
  }

  /** Whole records, each less than 1 from what is due, that sum up to 0. */
  private static int[] rounded(int[] weights, double[] surplus) {
    int[] owed = new int[weights.length];
    double exact = 0;
    int whole = 0;
    for (int channel : Weights.open(weights)) {
      // Each rounding takes along what the roundings before it left over.
      exact -= surplus[channel];
      owed[channel] = (int) Math.rint(exact) - whole;
      whole += owed[channel];
    }
    return owed;
  }

  boolean areSettled() {
    return open == 0;
  }

  /** Whose turn it is if it is not this channel's. */
  int settle(int channel) {
    if (owed[channel] >= 0) {
      return channel;
    }
    int creditor = 0;
    while (owed[creditor] <= 0) {
      creditor++;
    }
    move(channel, 1);
    move(creditor, -1);
    open--;
    return creditor;
  }

  private void move(int channel, int records) {
    owed[channel] += records;
    settled[channel] -= records;
  }

  /** Adds the records that channels got from others, and takes away those that they left. */
  void count(long[] counts) {
    for (int channel = 0; channel < counts.length; channel++) {
      counts[channel] += settled[channel];
    }
  }

  /** What the channels had too many at the beginning, and what has been settled since. */
  double[] surplus() {
    double[] surplus = before.clone();
    for (int channel = 0; channel < surplus.length; channel++) {
      surplus[channel] += settled[channel];
    }
    return surplus;
  }
}
