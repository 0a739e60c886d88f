package io.weir.benchmarks.switching;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What the operators of the job tell the benchmark, in the same process. */
final class Board {

  /** How long anything may take before the benchmark gives up. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Object LOCK = new Object();
  private static final LongAdder RECORDS = new LongAdder();
  private static final LongAdder MIXED = new LongAdder();

  private static long awaited = Long.MIN_VALUE;
  private static int missing;
  private static long lastNanos;

  private Board() {}

  static void counted(int records) {
    RECORDS.add(records);
  }

  static void mixed() {
    MIXED.increment();
  }

  static long records() {
    return RECORDS.sum();
  }

  static long mixedRecords() {
    return MIXED.sum();
  }

  /** A subtask of some operator is under a version. */
  static void under(long version) {
    synchronized (LOCK) {
      if (version == awaited) {
        lastNanos = System.nanoTime();
        missing--;
        LOCK.notifyAll();
      }
    }
  }

  /** Begins to wait for a version, before anybody can be under it. */
  static void expect(long version, int subtasks) {
    synchronized (LOCK) {
      awaited = version;
      missing = subtasks;
    }
  }

  /** Waits until all subtasks are under the version; returns when the last one was. */
  static long awaitLast() throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    synchronized (LOCK) {
      while (missing > 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IllegalStateException(missing + " subtasks are not under " + awaited);
        }
        LOCK.wait(left);
      }
      return lastNanos;
    }
  }
}
