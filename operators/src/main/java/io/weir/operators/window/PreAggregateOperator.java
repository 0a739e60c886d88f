package io.weir.operators.window;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.epoch.stamp.Stamping;
import io.weir.operators.epoch.stamp.Stamps;
import io.weir.operators.row.Row;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Sums up rows by group and slice in front of the shuffle. It has no state: everything it holds
 * goes out before a checkpoint's barrier. Before a watermark it passes on what a window that closes
 * there may need; it passes on everything before its input turns idle, at the end of the input, and
 * when it holds more than its bound.
 *
 * <p>As everything goes out before a barrier, all rows of a partial result came under one version
 * of the configuration, which it bears.
 *
 * <p>The watermark that ends an input does not cross the shuffle: an input that has ended is idle.
 * Flink heeds only inputs that are not behind the common watermark, so one that has come back from
 * idleness and is still behind would see the last watermark of an input that has ended close all
 * windows under its rows. The {@link WindowOperator} closes them when all inputs have ended.
 */
// Flink calls initializeState and open before anything else.
@SuppressWarnings("NullAway.Init")
final class PreAggregateOperator extends AbstractStreamOperator<Partial>
    implements OneInputStreamOperator<Row, Partial>,
        BoundedOneInput,
        EpochOperator,
        Stamping,
        Configured<ListLengths> {

  private static final long serialVersionUID = 1;
  private static final int NOT_STAMPED = -1;

  private final GroupColumns group;
  private final PieceSerializer pieces;
  private final PreAggregation bound;
  private final long sliceMillis;
  private final boolean session;
  private final List<NamedAggregate> aggregates;
  private final ConfigurationType<ListLengths> type;
  private final int recordColumn;

  private transient EpochSwitch epochs;
  private transient Stamps stamps;
  private transient String origin;
  private transient long stamped;
  private transient long version;
  private transient int[] lengths;
  private transient PartialTable table;
  private transient StreamRecord<Partial> record;
  // The slice of the last row, so that most rows need no division.
  private transient long sliceStart;
  private transient long sliceEnd;
  // No entry is due before the watermark reaches this.
  private transient long nextDue;

  PreAggregateOperator(
      GroupColumns group,
      WindowPlan plan,
      PieceSerializer pieces,
      ConfigurationType<ListLengths> type) {
    this(group, plan, pieces, type, NOT_STAMPED);
  }

  /**
   * An operator that may stamp.
   *
   * @param recordColumn as {@link io.weir.operators.row.Schema#record()} has it
   */
  PreAggregateOperator(
      GroupColumns group,
      WindowPlan plan,
      PieceSerializer pieces,
      ConfigurationType<ListLengths> type,
      int recordColumn) {
    this.recordColumn = recordColumn;
    this.group = group;
    this.pieces = pieces;
    this.type = type;
    bound = plan.preAggregation();
    aggregates = plan.aggregates();
    Windowing windowing = plan.windowing();
    sliceMillis = windowing.sliceMillis();
    session = windowing instanceof Windowing.Session;
  }

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public ConfigurationType<ListLengths> configurationType() {
    return type;
  }

  @Override
  public void configure(VersionedConfiguration<ListLengths> configuration) {
    version = configuration.version();
    lengths = configuration.value().of(aggregates);
  }

  @Override
  public void stampWith(Stamps given) {
    stamps = given;
  }

  @Override
  public void open() throws Exception {
    super.open();
    table = new PartialTable(group, pieces.shape());
    record = new StreamRecord<>(null);
    // No other subtask or attempt has it, also under another JobManager.
    origin = UUID.randomUUID().toString();
    sliceStart = 0;
    sliceEnd = 0;
    nextDue = Long.MAX_VALUE;
    epochs.open(this);
  }

  @Override
  public void processElement(StreamRecord<Row> element) {
    if (!element.hasTimestamp()) {
      throw new IllegalStateException("a row without a time: " + element.getValue());
    }
    if (recordColumn != NOT_STAMPED) {
      stamps.stamp(element.getValue().textAt(recordColumn), version);
    }
    long time = element.getTimestamp();
    if (time < sliceStart || time >= sliceEnd) {
      sliceStart = Math.floorDiv(time, sliceMillis) * sliceMillis;
      sliceEnd = sliceStart + sliceMillis;
    }
    table.add(element.getValue(), time, sliceStart);
    nextDue = Math.min(nextDue, session ? time : sliceEnd - 1);
    if (table.size() >= bound.maxEntries() || table.bytes() >= bound.maxBytes()) {
      flushAll();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      processWatermarkStatus(WatermarkStatus.IDLE);
      return;
    }
    if (mark.getTimestamp() >= nextDue) {
      flush(entry -> due(entry) <= mark.getTimestamp());
    }
    super.processWatermark(mark);
  }

  /**
   * The watermark that an entry must precede. A slice is first needed by the window that ends with
   * it. A session may be closed by a watermark as soon as that is not below the session's last row
   * plus the gap, and rows here that join it may be as early as the watermark itself: so everything
   * goes that begins at or before the watermark.
   */
  private long due(PartialTable.Entry entry) {
    return session ? entry.first() : entry.slice + sliceMillis - 1;
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    // The shuffle's other end no longer waits for an idle input: what is here would come too late.
    if (status.isIdle()) {
      flushAll();
    }
    super.processWatermarkStatus(status);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flushAll();
    epochs.switchAt(checkpointId);
  }

  @Override
  public void endInput() {
    flushAll();
  }

  private void flushAll() {
    flush(entry -> true);
  }

  private void flush(Predicate<PartialTable.Entry> due) {
    nextDue = Long.MAX_VALUE;
    table.remove(
        entry -> {
          boolean goes = due.test(entry);
          nextDue = goes ? nextDue : Math.min(nextDue, due(entry));
          return goes;
        },
        this::emit);
  }

  private void emit(PartialTable.Entry entry) {
    Span span =
        session
            ? new Span(entry.first(), entry.last() + sliceMillis)
            : new Span(entry.slice, entry.slice + sliceMillis);
    entry.piece.cameUnder(version, lengths);
    output.collect(record.replace(new Partial(id(), entry.key, span, entry.piece)));
  }

  /** Stamps a partial result, too: its id goes with it. */
  private String id() {
    if (recordColumn == NOT_STAMPED) {
      return "";
    }
    String id = "partial " + origin + "-" + stamped++;
    stamps.stamp(id, version);
    return id;
  }
}
