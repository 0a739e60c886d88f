package io.weir.operators.routing.split;

import java.util.Collections;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Merges the partial results of a key, and emits (key, beginning of the window, result) once, when
 * the watermark closes the window or all inputs have ended.
 *
 * <p>A partial result of a closed window, which only rows can make that were late behind the
 * source, goes to a side output and is counted in {@code latePartials}. Flink restores no
 * watermark, so the last one is part of the state: what was closed before a restore stays closed.
 */
// Flink calls initializeState and open before anything else.
@SuppressWarnings("NullAway.Init")
final class MergeOperator<K, ACC, OUT> extends AbstractStreamOperator<Tuple3<K, Long, OUT>>
    implements OneInputStreamOperator<Tuple3<K, Long, ACC>, Tuple3<K, Long, OUT>>,
        BoundedOneInput,
        Triggerable<K, VoidNamespace> {

  private static final long serialVersionUID = 1;

  private final SplitAggregate<?, K, ACC, OUT> aggregate;
  private final OutputTag<Tuple3<K, Long, ACC>> late;

  private transient MapState<Long, ACC> windows;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient ListState<Long> closedState;
  // The highest watermark so far, here or before a restore.
  private transient long closed;
  private transient Counter latePartials;

  MergeOperator(SplitAggregate<?, K, ACC, OUT> aggregate, OutputTag<Tuple3<K, Long, ACC>> late) {
    this.aggregate = aggregate;
    this.late = late;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    closedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("closed", LongSerializer.INSTANCE));
    closed = Long.MIN_VALUE;
    for (long watermark : closedState.get()) {
      closed = closed == Long.MIN_VALUE ? watermark : Math.min(closed, watermark);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    latePartials = getMetricGroup().counter("latePartials");
    timers = getInternalTimerService("windows", VoidNamespaceSerializer.INSTANCE, this);
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "accumulators",
                    LongSerializer.INSTANCE,
                    aggregate
                        .accumulatorType()
                        .createSerializer(getExecutionConfig().getSerializerConfig())));
  }

  @Override
  public void processElement(StreamRecord<Tuple3<K, Long, ACC>> element) throws Exception {
    long window = element.getValue().f1;
    if (aggregate.lastOf(window) <= closed) {
      latePartials.inc();
      output.collect(late, element);
      return;
    }
    ACC partial = element.getValue().f2;
    ACC known = windows.get(window);
    windows.put(window, known == null ? partial : aggregate.function().merge(known, partial));
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, aggregate.lastOf(window));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    // Some inputs have ended, in an earlier run of the job: the others have not.
    if (!mark.equals(Watermark.MAX_WATERMARK)) {
      advance(mark);
    }
  }

  /** Closes all windows: no row will follow. */
  @Override
  public void endInput() throws Exception {
    advance(Watermark.MAX_WATERMARK);
  }

  private void advance(Watermark mark) throws Exception {
    closed = Math.max(closed, mark.getTimestamp());
    super.processWatermark(mark);
  }

  @Override
  public void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
    long window = aggregate.windowOf(timer.getTimestamp());
    ACC all = Objects.requireNonNull(windows.get(window), "a timer without an accumulator");
    windows.remove(window);
    output.collect(
        new StreamRecord<>(
            Tuple3.of(timer.getKey(), window, aggregate.function().getResult(all)),
            timer.getTimestamp()));
  }

  @Override
  public void onProcessingTime(InternalTimer<K, VoidNamespace> timer) {
    throw new IllegalStateException("windows know event time only: " + timer);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    // At an aligned barrier all subtasks stand at the same watermark. It is written as often as
    // there can ever be subtasks, so that each gets it after rescaling.
    int copies = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    closedState.update(Collections.nCopies(copies, closed));
  }
}
