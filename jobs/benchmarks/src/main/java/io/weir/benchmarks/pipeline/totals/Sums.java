package io.weir.benchmarks.pipeline.totals;

/** The aggregates of one URL in one window. */
public record Sums(long requests, long bytes, long smallest, long largest) {

  private static final double ROUNDING = 1e-9;

  static Sums of(long bytes) {
    return new Sums(1, bytes, bytes, bytes);
  }

  Sums plus(Sums other) {
    return new Sums(
        requests + other.requests,
        bytes + other.bytes,
        Math.min(smallest, other.smallest),
        Math.max(largest, other.largest));
  }

  /** Whether an average is that of these, but for the rounding of its last digits. */
  boolean hasAverage(double average) {
    double exact = (double) bytes / requests;
    return Math.abs(average - exact) <= ROUNDING * Math.max(1, Math.abs(exact));
  }
}
