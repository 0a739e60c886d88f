package io.weir.operators.epoch.metrics;

import java.util.Arrays;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/** A histogram of the newest {@value #KEPT} values. Thread-safe. */
public final class RecentHistogram implements Histogram {

  static final int KEPT = 1_000;

  private final long[] values = new long[KEPT];
  private long count;

  @Override
  public synchronized void update(long value) {
    values[(int) (count % KEPT)] = value;
    count++;
  }

  @Override
  public synchronized long getCount() {
    return count;
  }

  @Override
  public synchronized HistogramStatistics getStatistics() {
    long[] sorted = Arrays.copyOf(values, (int) Math.min(count, KEPT));
    Arrays.sort(sorted);
    return new Statistics(sorted);
  }

  /** Of values in their order; all are 0 where there is none. */
  private static final class Statistics extends HistogramStatistics {

    private final long[] sorted;

    Statistics(long[] sorted) {
      this.sorted = sorted;
    }

    /** By nearest rank: a value that was there. */
    @Override
    public double getQuantile(double quantile) {
      int rank = (int) Math.ceil(quantile * sorted.length);
      return sorted.length == 0 ? 0 : sorted[Math.max(1, rank) - 1];
    }

    @Override
    public long[] getValues() {
      return sorted.clone();
    }

    @Override
    public int size() {
      return sorted.length;
    }

    @Override
    public double getMean() {
      return Arrays.stream(sorted).average().orElse(0);
    }

    @Override
    public double getStdDev() {
      double mean = getMean();
      double squares = Arrays.stream(sorted).mapToDouble(v -> (v - mean) * (v - mean)).sum();
      return sorted.length < 2 ? 0 : Math.sqrt(squares / (sorted.length - 1));
    }

    @Override
    public long getMax() {
      return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
    }

    @Override
    public long getMin() {
      return sorted.length == 0 ? 0 : sorted[0];
    }
  }
}
