package io.weir.operators.source;

import io.weir.operators.intake.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the data records in its state, so that what it holds at the end was counted exactly once if
 * the source's state is exact, and shows the test all that it saw since it last started.
 */
final class Collector extends AbstractStreamOperator<String>
    implements OneInputStreamOperator<RawRecord, String>, BoundedOneInput {

  private static final long serialVersionUID = 1;

  /** What the subtasks of a run held when their input ended. */
  static final Map<String, Queue<String>> ENDED = new ConcurrentHashMap<>();

  /** What each subtask saw since it last started, marks included. */
  static final Map<String, Queue<String>> SEEN = new ConcurrentHashMap<>();

  /** Runs that fail once, at the first record after their first completed checkpoint. */
  static final Map<String, AtomicBoolean> FAILURES = new ConcurrentHashMap<>();

  private final String run;
  private final List<String> held = new ArrayList<>();
  private transient ListState<String> state;
  private transient boolean saved;
  private transient boolean checkpointed;

  @SuppressWarnings("NullAway.Init") // Flink initializes the state
  Collector(String run) {
    this.run = run;
  }

  static Queue<String> of(Map<String, Queue<String>> map, String key) {
    return map.computeIfAbsent(key, name -> new ConcurrentLinkedQueue<>());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("held", String.class));
    state.get().forEach(held::add);
    of(SEEN, seenKey()).clear();
  }

  private String seenKey() {
    return run + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    AtomicBoolean failure = FAILURES.get(run);
    if (checkpointed && failure != null && failure.compareAndSet(false, true)) {
      throw new IllegalStateException("the test's failure");
    }
    RawRecord record = element.getValue();
    of(SEEN, seenKey()).add(Records.describe(record));
    if (record.mark() == RawRecord.Mark.DATA) {
      held.add(Records.describe(record));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(held);
    saved = !held.isEmpty();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    // What came since the snapshot was taken is not in the checkpoint.
    if (saved) {
      checkpointed = true;
      if (FAILURES.containsKey(run)) {
        HeldOrigins.gate(run).set(true);
      }
    }
  }

  @Override
  public void endInput() {
    of(ENDED, run).addAll(held);
  }
}
