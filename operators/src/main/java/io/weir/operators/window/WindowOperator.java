package io.weir.operators.window;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.epoch.stamp.Stamping;
import io.weir.operators.epoch.stamp.Stamps;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
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
 * Merges partial results into windows, keyed by group, and emits each window that has rows once,
 * when the watermark passes its end. The pieces live in keyed map state, so that heap and RocksDB
 * serve alike; the operator owns the partials it receives, as they come fresh from the network.
 *
 * <p>A partial result whose windows are all closed goes to {@link #DEAD_LETTERS}: reason late,
 * origin {@code window of [group]}, position a number that no other letter of the group bears. That
 * happens only when a source comes back from idleness. One that some hopping windows missed and
 * others took is counted in {@code partlyLateRows} and makes no dead letter, so that each row is
 * either in a result or in a letter. Counters: {@code lateRows}, {@code partlyLateRows}, {@code
 * misfits} (results that did not fit their column and are null).
 *
 * <p>The watermark that ends a stream counts for nothing here; the end of all inputs does.
 *
 * <p>Flink restores no watermark, so the last one is part of the operator's state: what was closed
 * before a restore stays closed.
 */
// Flink calls initializeState and open before anything else.
@SuppressWarnings("NullAway.Init")
final class WindowOperator extends AbstractStreamOperator<Row>
    implements OneInputStreamOperator<Partial, Row>,
        BoundedOneInput,
        EpochOperator,
        Stamping,
        Configured<ListLengths>,
        Triggerable<GroupKey, VoidNamespace> {

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("late-for-window", TypeInformation.of(DeadLetter.class));

  private static final long serialVersionUID = 1;
  private static final byte[] NO_BYTES = {};

  private final Windowing windowing;
  private final GroupColumns group;
  private final PieceSerializer pieces;
  private final ResultRows results;
  private final ConfigurationType<ListLengths> type;

  private transient EpochSwitch epochs;
  private transient OpenWindows windows;
  private transient ListState<Long> closedState;
  private transient Refusals refusals;
  // The highest watermark so far, here or before a restore.
  private transient long closed;
  private transient Stamps stamps;
  // The version of the configuration that stands in results.
  private transient long version;
  private transient Counter lateRows;
  private transient Counter partlyLateRows;
  private transient Counter misfits;

  WindowOperator(
      Windowing windowing,
      GroupColumns group,
      PieceSerializer pieces,
      ResultRows results,
      ConfigurationType<ListLengths> type) {
    this.windowing = windowing;
    this.group = group;
    this.pieces = pieces;
    this.results = results;
    this.type = type;
  }

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public ConfigurationType<ListLengths> configurationType() {
    return type;
  }

  /** The lengths come with the partial results: they are those of a window's first row. */
  @Override
  public void configure(VersionedConfiguration<ListLengths> configuration) {
    version = configuration.version();
  }

  @Override
  public void stampWith(Stamps given) {
    stamps = given;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    closedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("closed", LongSerializer.INSTANCE));
    closed = lowest(closedState.get());
  }

  private static long lowest(Iterable<Long> watermarks) {
    long lowest = Long.MAX_VALUE;
    boolean any = false;
    for (long watermark : watermarks) {
      lowest = Math.min(lowest, watermark);
      any = true;
    }
    return any ? lowest : Long.MIN_VALUE;
  }

  @Override
  public void open() throws Exception {
    super.open();
    lateRows = getMetricGroup().counter("lateRows");
    partlyLateRows = getMetricGroup().counter("partlyLateRows");
    misfits = getMetricGroup().counter("misfits");
    windows =
        windows(
            getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("pieces", SpanSerializer.INSTANCE, pieces)),
            getInternalTimerService("windows", VoidNamespaceSerializer.INSTANCE, this));
    refusals = refusals();
    epochs.open(this);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    epochs.switchAt(checkpointId);
  }

  private Refusals refusals() {
    ValueState<Long> last =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("refused", LongSerializer.INSTANCE));
    return new Refusals(
        last,
        getInternalTimerService(
            "refusals", VoidNamespaceSerializer.INSTANCE, new Refusals.Forgetting(last)));
  }

  private OpenWindows windows(
      MapState<Span, Piece> state, InternalTimerService<VoidNamespace> timers) {
    if (windowing instanceof Windowing.Session session) {
      return new SessionWindows(session.gapMillis(), state, timers);
    }
    long slice = windowing.sliceMillis();
    return windowing instanceof Windowing.Hopping hopping
        ? new SlicedWindows(
            hopping.sizeMillis(), hopping.everyMillis(), pieces.shape(), state, timers)
        : new SlicedWindows(slice, slice, pieces.shape(), state, timers);
  }

  @Override
  public void processElement(StreamRecord<Partial> element) throws Exception {
    Partial partial = element.getValue();
    if (!partial.id().isEmpty()) {
      stamps.stamp(partial.id(), version);
    }
    long rows = partial.piece().rows();
    switch (windows.take(partial.span(), partial.piece(), closed)) {
      case TAKEN -> {}
      case PARTLY_LATE -> partlyLateRows.inc(rows);
      case LATE -> refuse(partial, rows);
    }
  }

  private void refuse(Partial partial, long rows) throws IOException {
    lateRows.inc(rows);
    Span window = windows.lastWindowOf(partial.span());
    String detail =
        String.format(
            "%d rows of group [%s] came when their window from %s to %s was closed",
            rows,
            group.describe(partial.key()),
            Instant.ofEpochMilli(window.start()),
            Instant.ofEpochMilli(window.end()));
    output.collect(
        DEAD_LETTERS,
        new StreamRecord<>(
            new DeadLetter(
                DeadLetter.Reason.LATE.label(),
                detail,
                "window of [" + group.describe(partial.key()) + "]",
                refusals.next(closed),
                NO_BYTES)));
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
  public void onEventTime(InternalTimer<GroupKey, VoidNamespace> timer) throws Exception {
    windows.close(timer.getTimestamp(), (window, piece) -> emit(timer.getKey(), window, piece));
  }

  private void emit(GroupKey key, Span window, Piece piece) {
    Row row = results.row(window, key, version, piece.since());
    misfits.inc(piece.writeResults(row, results.firstAggregate()));
    output.collect(new StreamRecord<>(row, window.end() - 1));
  }

  @Override
  public void onProcessingTime(InternalTimer<GroupKey, VoidNamespace> timer) {
    throw new IllegalStateException("windows know event time only: " + timer);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    // At an aligned barrier all subtasks stand at the same watermark. It is written as often as
    // there can ever be subtasks, so that each gets it after rescaling. Union list state would do
    // that too, but fails checkpoints while some subtasks have finished and others have not.
    int copies = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    closedState.update(Collections.nCopies(copies, closed));
  }
}
