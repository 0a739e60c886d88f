package io.weir.jobs.analytics;

import io.weir.operators.row.Row;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/** Passes rows on, tells the test what has passed, and fails when the test says so. */
final class FaultyRows extends AbstractStreamOperator<Row>
    implements OneInputStreamOperator<Row, Row> {

  private static final long serialVersionUID = 1;

  /** When to fail, once. */
  enum Fault {
    NONE,
    /** Instead of passing on a row. */
    ROW,
    /** When the barrier is already on its way to the sinks. */
    SNAPSHOT
  }

  /** What the operators of one job tell the test, in the same process. */
  static final class Board {

    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    private final Map<Integer, Set<Long>> passed = new ConcurrentHashMap<>();
    private final Map<Integer, Long> watermarks = new ConcurrentHashMap<>();
    private final Map<Integer, Long> restored = new ConcurrentHashMap<>();
    private volatile Runnable beforeFailingSnapshot = () -> {};

    void failAtNextRow() {
      fault.set(Fault.ROW);
    }

    void failAtNextSnapshot(Runnable before) {
      beforeFailingSnapshot = before;
      fault.set(Fault.SNAPSHOT);
    }

    boolean hasFailed() {
      return fault.get() == Fault.NONE;
    }

    /** The checkpoint that an attempt, from 0, began with; -1 if there is none. */
    long restored(int attempt) {
      return restored.getOrDefault(attempt, -1L);
    }

    /** Whether the rows have passed in an attempt. */
    boolean hasPassed(int attempt, Set<Long> ids) {
      return passed.getOrDefault(attempt, Set.of()).containsAll(ids);
    }

    /** Whether the windows have been told this time: by all subtasks that hold it up. */
    boolean hasReached(long watermark) {
      return watermarks.values().stream().allMatch(known -> known >= watermark);
    }

    private boolean failsNow(Fault at) {
      return fault.compareAndSet(at, Fault.NONE);
    }
  }

  private static volatile Board current = new Board();

  private final int idColumn;
  private transient int attempt;
  private transient int subtask;
  private transient long watermark;

  FaultyRows(int idColumn) {
    this.idColumn = idColumn;
  }

  /** A board for the next job. */
  static Board newBoard() {
    current = new Board();
    return current;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
    subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    watermark = Long.MIN_VALUE;
    current.watermarks.put(subtask, watermark);
    context
        .getRestoredCheckpointId()
        .ifPresent(checkpoint -> current.restored.merge(attempt, checkpoint, Math::max));
  }

  @Override
  public void processElement(StreamRecord<Row> element) {
    fail(Fault.ROW);
    long id = element.getValue().longAt(idColumn);
    output.collect(element);
    current.passed.computeIfAbsent(attempt, key -> ConcurrentHashMap.newKeySet()).add(id);
  }

  private void fail(Fault at) {
    if (current.fault.get() == at && current.failsNow(at)) {
      throw new IllegalStateException("injected by the test: " + at);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    super.processWatermark(mark);
    watermark = mark.getTimestamp();
    current.watermarks.put(subtask, watermark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    super.processWatermarkStatus(status);
    current.watermarks.put(subtask, status.isIdle() ? Long.MAX_VALUE : watermark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (current.fault.get() == Fault.SNAPSHOT) {
      current.beforeFailingSnapshot.run();
    }
    fail(Fault.SNAPSHOT);
  }
}
