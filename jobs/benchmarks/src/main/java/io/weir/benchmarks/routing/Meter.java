package io.weir.benchmarks.routing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.apache.flink.api.common.functions.MapFunction;

/** Counts the records of a sender and reads its thread's processor time now and then. */
final class Meter implements MapFunction<Long, Long> {

  private static final long serialVersionUID = 1;
  private static final int BATCH = 1 << 14;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private transient long records;

  @Override
  public Long map(Long record) {
    if (++records % BATCH == 0) {
      Board.spent(records, THREADS.getCurrentThreadCpuTime());
    }
    return record;
  }
}
