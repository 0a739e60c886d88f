package io.weir.jobs.recommendation;

import io.weir.operators.row.Row;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Passes rows on, and fails as often as told: each time at the first row after a checkpoint of the
 * attempt has completed with rows in it.
 */
final class FailingRows implements MapFunction<Row, Row>, CheckpointedFunction, CheckpointListener {

  private static final long serialVersionUID = 1;

  static final AtomicInteger FAILURES = new AtomicInteger();
  static final AtomicInteger RESTORED = new AtomicInteger();

  private transient long passed;
  private transient long saved;
  private transient boolean held;

  @Override
  public void initializeState(FunctionInitializationContext context) {
    if (context.isRestored()) {
      RESTORED.incrementAndGet();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    saved = passed;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    held = saved > 0;
  }

  @Override
  public Row map(Row row) {
    if (held && FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("injected by the test");
    }
    passed++;
    return row;
  }
}
