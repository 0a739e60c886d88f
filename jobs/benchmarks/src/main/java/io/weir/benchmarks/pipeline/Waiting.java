package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.pipeline.sides.RunningSystem;
import io.weir.benchmarks.pipeline.stream.ResultReader;
import io.weir.benchmarks.pipeline.totals.Expected;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for rows that must come. */
final class Waiting {

  /** Without a single new row. */
  private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private Waiting() {}

  /**
   * Waits until all rows of windows can be read that end then or before.
   *
   * @throws IOException if the system has ended, or no row comes any more
   */
  static void forRows(RunningSystem system, ResultReader reader, Expected expected, long endMillis)
      throws IOException {
    long wanted = expected.rowsUntil(endMillis);
    long last = -1;
    long since = System.nanoTime();
    for (long there = 0; there < wanted; there = rows(reader, expected, endMillis)) {
      system.requireAlive();
      if (there != last) {
        last = there;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > LONGEST_NANOS) {
        throw new IOException("only " + there + " of " + wanted + " rows have come");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static long rows(ResultReader reader, Expected expected, long endMillis)
      throws IOException {
    return reader.received().rowsUntil(expected.lastWindowUntil(endMillis));
  }
}
