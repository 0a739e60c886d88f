package io.weir.benchmarks.routing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;

/** Counts a sender's records, and reads its thread's processor time, less what waiting took. */
final class Meter implements MapFunction<Long, Long> {

  private static final long serialVersionUID = 1;
  private static final int BATCH = 1 << 12;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private transient long records;
  private transient long waited;

  @Override
  public Long map(Long record) {
    if (++records % BATCH == 0) {
      report();
    }
    return record;
  }

  private void report() {
    long now = THREADS.getCurrentThreadCpuTime();
    Board.spent(new Board.Cost(records, now - waited));
    if (!Board.maySend()) {
      awaitTurn();
      waited += THREADS.getCurrentThreadCpuTime() - now;
    }
  }

  // Whoever is cancelled is interrupted, and waits no longer.
  private static void awaitTurn() {
    while (!Board.maySend() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
