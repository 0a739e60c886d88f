package io.weir.benchmarks.profiles;

import java.util.Arrays;

/** Durations, noted by any thread. */
final class Times {

  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[1024];
  private int size;

  synchronized void add(long duration) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = duration;
  }

  synchronized void clear() {
    size = 0;
  }

  /** The nearest rank, in milliseconds. */
  synchronized double quantile(double q) {
    if (size == 0) {
      throw new IllegalStateException("no times were noted");
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(q * size) - 1] / NANOS_PER_MILLI;
  }
}
