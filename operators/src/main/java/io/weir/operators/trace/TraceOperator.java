package io.weir.operators.trace;

import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
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
 * (dropped), {@code orphans} (spans whose parent did not come in time; they make no call).
 *
 * <p>The watermark that ends a stream lets nothing be forgotten: another input may go on.
 */
// Flink calls open before anything else.
@SuppressWarnings("NullAway.Init")
final class TraceOperator extends AbstractStreamOperator<Row>
    implements OneInputStreamOperator<Row, Row>, Triggerable<TraceId, VoidNamespace> {

  /** Times are rounded up to it, so that spans of a trace share timers. */
  static final long TIMER_MILLIS = 10_000;

  // No trace has this id.
  private static final TraceId NO_TRACE = new TraceId(0, 0);

  static final OutputTag<Row> CALLS = new OutputTag<>("calls", new RowTypeInfo(SpanShape.CALLS));

  private static final long serialVersionUID = 1;

  private final SpanShape shape;
  private final long keepMillis;
  private transient MapState<Long, SeenSpan> seen;
  private transient MapState<Long, List<WaitingSpan>> waiting;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Object lastTrace;
  private transient long lastTimer;
  private transient Counter repeats;
  private transient Counter orphans;

  TraceOperator(SpanShape shape, long keepMillis) {
    this.shape = shape;
    this.keepMillis = keepMillis;
  }

  @Override
  public void open() throws Exception {
    super.open();
    lastTrace = NO_TRACE;
    repeats = getMetricGroup().counter("repeats");
    orphans = getMetricGroup().counter("orphans");
    timers = getInternalTimerService("forget", VoidNamespaceSerializer.INSTANCE, this);
    seen = state("seen", TypeInformation.of(SeenSpan.class));
    waiting = state("waiting", Types.LIST(TypeInformation.of(WaitingSpan.class)));
  }

  private <V> MapState<Long, V> state(String name, TypeInformation<V> type) throws Exception {
    return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, Types.LONG, type));
  }

  @Override
  public void processElement(StreamRecord<Row> element) throws Exception {
    Row span = element.getValue();
    long id = shape.spanId(span);
    if (seen.contains(id)) {
      repeats.inc();
      return;
    }
    long time = element.getTimestamp();
    seen.put(id, new SeenSpan(shape.service(span), time));
    setTimer(forgetAt(time));
    answerWaiting(id, shape.service(span));
    if (shape.hasParent(span)) {
      findParent(span, time);
    }
    output.collect(element);
  }

  // Most spans of a trace come one behind the other: their timer is set already.
  private void setTimer(long time) {
    Object trace = getCurrentKey();
    if (time != lastTimer || !trace.equals(lastTrace)) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
      lastTrace = trace;
      lastTimer = time;
    }
  }

  private long forgetAt(long time) {
    return Math.floorDiv(time + keepMillis + TIMER_MILLIS - 1, TIMER_MILLIS) * TIMER_MILLIS;
  }

  private void answerWaiting(long id, String service) throws Exception {
    List<WaitingSpan> children = waiting.get(id);
    if (children != null) {
      children.forEach(child -> call(service, child));
      waiting.remove(id);
    }
  }

  private void findParent(Row span, long time) throws Exception {
    SeenSpan parent = seen.get(shape.parentSpanId(span));
    if (parent == null) {
      awaitParent(span, time);
    } else if (!parent.service().equals(shape.service(span))) {
      call(parent.service(), shape.waiting(span, time));
    }
  }

  private void awaitParent(Row span, long time) throws Exception {
    List<WaitingSpan> siblings = waiting.get(shape.parentSpanId(span));
    if (siblings == null) {
      siblings = new ArrayList<>();
    }
    siblings.add(shape.waiting(span, time));
    waiting.put(shape.parentSpanId(span), siblings);
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
    long forgotten = timer.getTimestamp() - keepMillis;
    for (Iterator<Map.Entry<Long, SeenSpan>> all = seen.iterator(); all.hasNext(); ) {
      if (all.next().getValue().time() <= forgotten) {
        all.remove();
      }
    }
    for (Iterator<Map.Entry<Long, List<WaitingSpan>>> all = waiting.iterator(); all.hasNext(); ) {
      forgetOrphans(all.next(), forgotten, all);
    }
    clearIfEmpty(seen);
    clearIfEmpty(waiting);
  }

  // On the heap, a map that was emptied entry by entry would stay for every trace there ever was.
  private static void clearIfEmpty(MapState<Long, ?> state) throws Exception {
    if (state.isEmpty()) {
      state.clear();
    }
  }

  private void forgetOrphans(
      Map.Entry<Long, List<WaitingSpan>> siblings, long forgotten, Iterator<?> all) {
    List<WaitingSpan> left =
        siblings.getValue().stream().filter(span -> span.time() > forgotten).toList();
    orphans.inc(siblings.getValue().size() - left.size());
    if (left.isEmpty()) {
      all.remove();
    } else if (left.size() < siblings.getValue().size()) {
      siblings.setValue(new ArrayList<>(left));
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<TraceId, VoidNamespace> timer) {
    throw new IllegalStateException("no such timer is ever set");
  }
}
