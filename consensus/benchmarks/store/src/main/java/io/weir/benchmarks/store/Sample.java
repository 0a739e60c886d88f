package io.weir.benchmarks.store;

import java.util.Arrays;

/**
 * What a load brought.
 *
 * @param sortedNanos the latency of every operation, ascending
 * @param perSecond operations
 */
record Sample(long[] sortedNanos, double perSecond) {

  static Sample of(long[] nanos, double seconds) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Sample(sorted, nanos.length / seconds);
  }

  int count() {
    return sortedNanos.length;
  }

  /** The latency that this share of the operations did not exceed. */
  double millis(double share) {
    if (sortedNanos.length == 0) {
      throw new IllegalStateException("nothing was answered in this time; give it more --seconds");
    }
    int index = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[index] / 1e6;
  }
}
