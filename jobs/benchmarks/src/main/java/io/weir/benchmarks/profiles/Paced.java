package io.weir.benchmarks.profiles;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * Makes numbers into records: key and the time when it was due, in nanoseconds. A record that could
 * not leave when it was due has waited since then, and is measured so.
 */
final class Paced extends RichMapFunction<Long, Tuple2<Long, Long>> {

  private static final long serialVersionUID = 1;
  private static final long KEYS = 200_000;

  /** Spreads consecutive numbers over the keys (the golden ratio; Knuth, TAOCP 3, 6.4). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final int recordsPerSecond;
  private transient long pauseNanos;
  private transient long due;

  /**
   * Of every subtask.
   *
   * @param recordsPerSecond 0: as fast as they are taken
   */
  Paced(int recordsPerSecond) {
    this.recordsPerSecond = recordsPerSecond;
  }

  @Override
  public void open(OpenContext context) {
    pauseNanos = recordsPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / recordsPerSecond;
    due = System.nanoTime();
  }

  @Override
  public Tuple2<Long, Long> map(Long number) {
    if (pauseNanos == 0) {
      due = System.nanoTime();
    } else {
      due += pauseNanos;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
    return Tuple2.of(Long.remainderUnsigned(number * SPREAD, KEYS), due);
  }
}
