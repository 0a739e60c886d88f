package io.weir.benchmarks.routing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Counts the records of one of two senders that take turns, and reads its thread's processor time.
 */
final class Meter implements MapFunction<Long, Long> {

  private static final long serialVersionUID = 1;
  private static final int BATCH = 1 << 12;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int side;
  private transient long records;

  Meter(int side) {
    this.side = side;
  }

  @Override
  public Long map(Long record) {
    if (++records % BATCH == 0) {
      Board.spent(side, new Board.Cost(records, THREADS.getCurrentThreadCpuTime()));
      awaitTurn();
    }
    return record;
  }

  // Whoever is cancelled is interrupted, and waits no longer.
  private void awaitTurn() {
    while (!Board.hasTurn(side) && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
