package io.weir.benchmarks.store;

import java.util.Arrays;

/**
 * What a load brought.
 *
 * @param sortedNanos the latency of every operation, ascending; at least one
 * @param perSecond operations
 */
record Sample(long[] sortedNanos, double perSecond) {

  static Sample of(long[] nanos, double seconds) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Sample(sorted, nanos.length / seconds);
  }

  /** The latency that this share of the operations did not exceed. */
  double millis(double share) {
    int index = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, index)] / 1e6;
  }
}
