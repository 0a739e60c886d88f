package io.weir.operators.routing.select;

import java.util.Arrays;

/** Counts a selector's choices, and how far they are from the shares of the weights. */
final class Shares {

  /** As many channels are chosen at once; not all of them are taken. */
  private static final int TURNS = 40;

  private final double[] ideal;
  private final long[] counts;

  Shares(int receivers) {
    ideal = new double[receivers];
    counts = new long[receivers];
  }

  static Shares of(Selector selector, int[] weights, int records) {
    return of(selector, weights, records, TURNS);
  }

  /** The same where so many channels are chosen at once. */
  static Shares of(Selector selector, int[] weights, int records, int atOnce) {
    Shares shares = new Shares(weights.length);
    shares.take(selector, weights, records, atOnce);
    return shares;
  }

  void take(Selector selector, int[] weights, int records) {
    take(selector, weights, records, TURNS);
  }

  private void take(Selector selector, int[] weights, int records, int atOnce) {
    long sum = Arrays.stream(weights).asLongStream().sum();
    Turns turns = new Turns(selector, atOnce);
    for (int record = 0; record < records; record++) {
      counts[turns.next()]++;
    }
    turns.takeBack();
    for (int channel = 0; channel < ideal.length; channel++) {
      ideal[channel] += (double) records * weights[channel] / sum;
    }
  }

  long count(int channel) {
    return counts[channel];
  }

  double ideal(int channel) {
    return ideal[channel];
  }

  /** The largest distance of a count from its share, in records. */
  double farthest() {
    double farthest = 0;
    for (int channel = 0; channel < ideal.length; channel++) {
      farthest = Math.max(farthest, Math.abs(counts[channel] - ideal[channel]));
    }
    return farthest;
  }

  /** Whether all counts are within what chance exceeds once in so many times. */
  boolean areWithinChance(double onceIn) {
    return areWithinChance(onceIn, 1);
  }

  /** The same where each choice holds for some records. */
  boolean areWithinChance(double onceIn, int run) {
    for (int channel = 0; channel < ideal.length; channel++) {
      double bound = Math.sqrt(3 * run * ideal[channel] * Math.log(2 * ideal.length * onceIn));
      if (Math.abs(counts[channel] - ideal[channel]) > bound) {
        return false;
      }
    }
    return true;
  }
}
