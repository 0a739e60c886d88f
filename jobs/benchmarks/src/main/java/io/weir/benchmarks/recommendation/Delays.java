package io.weir.benchmarks.recommendation;

import io.weir.operators.recommendation.message.Outcome;
import java.util.Arrays;
import org.apache.flink.api.common.functions.MapFunction;

/** Takes how long after its moment each action had its recommendations; for one job at a time. */
final class Delays implements MapFunction<Outcome, Outcome> {

  private static final long serialVersionUID = 1;

  private static long[] millis = new long[1024];
  private static int count;

  static synchronized void clear() {
    count = 0;
  }

  private static synchronized void take(long value) {
    if (count == millis.length) {
      millis = Arrays.copyOf(millis, 2 * count);
    }
    millis[count++] = value;
  }

  /** The quantile, by nearest rank, of all but the first share, in which code is still cold. */
  static synchronized long quantile(double q, double firstShare) {
    long[] sorted = Arrays.copyOfRange(millis, (int) (count * firstShare), count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(q * sorted.length) - 1)];
  }

  @Override
  public Outcome map(Outcome outcome) {
    take(System.currentTimeMillis() - outcome.timeMillis());
    return outcome;
  }
}
