package io.weir.operators.recommendation.quality;

/** A histogram of milliseconds in an array: buckets grow by a quarter of their octave. */
public final class Latencies {

  private static final int STEPS = 4;
  private static final int LENGTH = STEPS * 40;

  private Latencies() {}

  static long[] none() {
    return new long[LENGTH];
  }

  static void add(long[] counts, long millis) {
    counts[bucket(Math.max(0, millis))]++;
  }

  private static int bucket(long millis) {
    if (millis < STEPS) {
      return (int) millis;
    }
    int octave = 63 - Long.numberOfLeadingZeros(millis);
    int step = (int) (millis >>> (octave - 2)) & (STEPS - 1);
    return Math.min(LENGTH - 1, STEPS * (octave - 1) + step);
  }

  /** The largest value of the bucket that the quantile lies in; 0 where there is none. */
  public static long quantile(long[] counts, double q) {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    long rank = (long) Math.ceil(q * all);
    int bucket = 0;
    for (long sum = counts[0]; sum < rank; sum += counts[bucket]) {
      bucket++;
    }
    return all == 0 ? 0 : largest(bucket);
  }

  private static long largest(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    int octave = bucket / STEPS + 1;
    return ((long) (STEPS + bucket % STEPS + 1) << (octave - 2)) - 1;
  }
}
