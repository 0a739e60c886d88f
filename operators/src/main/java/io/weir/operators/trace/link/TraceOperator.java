package io.weir.operators.trace.link;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.trace.TraceId;
import io.weir.operators.trace.TraceMemory;
import io.weir.operators.trace.WaitingSpan;
import io.weir.operators.trace.self.AskedServices;
import io.weir.operators.trace.self.SelfTimes;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
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
 * Passes each span on once, keyed by trace, and finds calls: spans whose parent belongs to another
 * service, whichever of the two comes first. A call has the time of the called span.
 *
 * <p>A span is remembered until the watermark has passed its time by {@code keep}, and a little
 * longer: a repeat of it is late by then, and so is whoever waits for it. Counters: {@code repeats}
 * (dropped), {@code orphans} (spans whose parent did not come in time; they make no call), {@code
 * unknownSelfTimes}.
 *
 * <p>While the configuration asks for it, {@link SelfTimes} of spans are told, each with the span's
 * time, before the watermark passes that by {@link #SELF_DELAY_MILLIS}.
 *
 * <p>The watermark that ends a stream lets nothing be forgotten: another input may go on. When all
 * have ended, the self times that are left are told.
 */
// Flink calls join, initializeState and open before anything else.
@SuppressWarnings("NullAway.Init")
final class TraceOperator extends AbstractStreamOperator<Row>
    implements OneInputStreamOperator<Row, Row>,
        BoundedOneInput,
        EpochOperator,
        Configured<AskedServices>,
        Triggerable<TraceId, VoidNamespace> {

  /** Times are rounded up to it, so that spans of a trace share timers. */
  static final long TIMER_MILLIS = 10_000;

  /** A self time is told so long behind the span, by event time, at the latest. */
  static final long SELF_DELAY_MILLIS = SelfTimes.WAIT_MILLIS + TIMER_MILLIS;

  private static final long NO_TIMER = Long.MIN_VALUE;

  // No trace has this id.
  private static final TraceId NO_TRACE = new TraceId(0, 0);

  static final OutputTag<Row> CALLS = new OutputTag<>("calls", new RowTypeInfo(SpanShape.CALLS));
  static final OutputTag<Row> SELF_TIMES =
      new OutputTag<>("self-times", new RowTypeInfo(SelfTimes.SCHEMA));

  private static final long serialVersionUID = 1;

  private final SpanShape shape;
  private final long keepMillis;
  private final ConfigurationType<AskedServices> type;
  private transient EpochSwitch epochs;
  private transient boolean restored;
  private transient TraceMemory memory;
  private transient SelfTimes selfTimes;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Object lastTrace;
  private transient long lastTimer;
  private transient long lastSelfTimer;
  private transient Counter repeats;
  private transient Counter orphans;
  transient Counter unknownSelfTimes;

  TraceOperator(SpanShape shape, long keepMillis, ConfigurationType<AskedServices> type) {
    this.shape = shape;
    this.keepMillis = keepMillis;
    this.type = type;
  }

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public ConfigurationType<AskedServices> configurationType() {
    return type;
  }

  @Override
  public void configure(VersionedConfiguration<AskedServices> configuration) {
    selfTimes.ask(configuration.value());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
  }

  @Override
  public void open() throws Exception {
    super.open();
    lastTrace = NO_TRACE;
    repeats = getMetricGroup().counter("repeats");
    orphans = getMetricGroup().counter("orphans");
    unknownSelfTimes = getMetricGroup().counter("unknownSelfTimes");
    timers = getInternalTimerService("forget", VoidNamespaceSerializer.INSTANCE, this);
    memory = new TraceMemory(getRuntimeContext());
    selfTimes =
        new SelfTimes(
            getRuntimeContext(),
            TimeUnit.MILLISECONDS.toMicros(keepMillis - SELF_DELAY_MILLIS),
            restored,
            (row, time) -> output.collect(SELF_TIMES, new StreamRecord<>(row, time)),
            unknownSelfTimes);
    epochs.open(this);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    epochs.switchAt(checkpoint);
  }

  @Override
  public void processElement(StreamRecord<Row> element) throws Exception {
    Row span = element.getValue();
    long id = shape.spanId(span);
    memory.load();
    if (memory.serviceOf(id) != null) {
      repeats.inc();
      return;
    }
    long time = element.getTimestamp();
    String service = shape.service(span);
    memory.see(id, service, time);
    setTimer(forgetAt(time));
    memory.answer(id, child -> call(service, child));
    if (shape.hasParent(span)) {
      findParent(span, time);
    }
    if (selfTimes.isAsked()) {
      keepForSelfTimes(span, id, time);
    }
    memory.store();
    output.collect(element);
  }

  // Most spans of a trace come one behind the other: their timer is set already.
  private void setTimer(long time) {
    Object trace = getCurrentKey();
    if (time != lastTimer || !trace.equals(lastTrace)) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
      lastTrace = trace;
      lastTimer = time;
      lastSelfTimer = NO_TIMER;
    }
  }

  private void keepForSelfTimes(Row span, long id, long time) throws Exception {
    long parent = shape.hasParent(span) ? shape.parentSpanId(span) : id;
    selfTimes.add(id, parent, shape.service(span), time, shape.durationMicros(span));
    long told = roundDown(time + SELF_DELAY_MILLIS - 1);
    if (told != lastSelfTimer) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, told);
      lastSelfTimer = told;
    }
  }

  private long forgetAt(long time) {
    return roundDown(time + keepMillis + TIMER_MILLIS - 1);
  }

  private static long roundDown(long time) {
    return Math.floorDiv(time, TIMER_MILLIS) * TIMER_MILLIS;
  }

  private void findParent(Row span, long time) throws Exception {
    long parent = shape.parentSpanId(span);
    String caller = memory.serviceOf(parent);
    if (caller == null) {
      memory.await(parent, shape.waiting(span, time));
    } else if (!caller.equals(shape.service(span))) {
      call(caller, shape.waiting(span, time));
    }
  }

  private void call(String caller, WaitingSpan callee) {
    if (!caller.equals(callee.service())) {
      output.collect(CALLS, new StreamRecord<>(SpanShape.call(caller, callee), callee.time()));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      output.emitWatermark(mark);
    } else {
      super.processWatermark(mark);
    }
  }

  @Override
  public void onEventTime(InternalTimer<TraceId, VoidNamespace> timer) throws Exception {
    lastTrace = NO_TRACE;
    // The watermark may have passed many timers of the trace: the first one does it for all.
    long passed = roundDown(timers.currentWatermark());
    long forgotten = passed - keepMillis;
    memory.load();
    tellSelfTimes(passed - SelfTimes.WAIT_MILLIS);
    orphans.inc(memory.forget(forgotten));
    selfTimes.forget(forgotten);
    memory.store();
  }

  @Override
  public void endInput() throws Exception {
    if (selfTimes.mayHoldAny()) {
      timers.forEachEventTimeTimer((namespace, time) -> tellAll());
    }
  }

  private void tellAll() throws Exception {
    memory.load();
    tellSelfTimes(Long.MAX_VALUE);
  }

  private void tellSelfTimes(long untilMillis) throws Exception {
    if (selfTimes.mayHoldAny()) {
      selfTimes.tell(untilMillis, memory.size());
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<TraceId, VoidNamespace> timer) {
    throw new IllegalStateException("no such timer is ever set");
  }
}
