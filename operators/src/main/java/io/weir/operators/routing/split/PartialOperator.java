package io.weir.operators.routing.split;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Aggregates the rows that a receiver gets, by key and window, and emits (key, beginning of the
 * window, accumulator). It has no state: everything it holds goes out before a barrier. Before a
 * watermark go the windows that it closes; everything goes before the input turns idle, at its end,
 * and when there are too many entries.
 *
 * <p>The watermark that ends an input does not cross the shuffle, as an input that has ended is
 * idle: the second stage closes its windows when all inputs have ended.
 */
// Flink calls open before anything else.
@SuppressWarnings("NullAway.Init")
final class PartialOperator<IN, K, ACC> extends AbstractStreamOperator<Tuple3<K, Long, ACC>>
    implements OneInputStreamOperator<IN, Tuple3<K, Long, ACC>>, BoundedOneInput {

  private static final long serialVersionUID = 1;

  private final SplitAggregate<IN, K, ACC, ?> aggregate;
  private final int maxEntries;

  private transient AggregateFunction<IN, ACC, ?> function;
  private transient KeySelector<IN, K> keys;
  private transient TypeSerializer<K> keyCopies;
  private transient TreeMap<Long, Map<K, ACC>> windows;
  // That of the last row: rows mostly come window by window.
  private transient long window;
  private transient Map<K, ACC> inWindow;
  private transient int entries;

  PartialOperator(SplitAggregate<IN, K, ACC, ?> aggregate, int maxEntries) {
    this.aggregate = aggregate;
    this.maxEntries = maxEntries;
  }

  @Override
  public void open() throws Exception {
    super.open();
    function = aggregate.function();
    keys = aggregate.key();
    keyCopies = aggregate.keyType().createSerializer(getExecutionConfig().getSerializerConfig());
    windows = new TreeMap<>();
    forgetWindow();
  }

  private void forgetWindow() {
    window = Long.MIN_VALUE;
    inWindow = Map.of();
  }

  @Override
  public void processElement(StreamRecord<IN> element) throws Exception {
    if (!element.hasTimestamp()) {
      throw new IllegalStateException("a row without a time: " + element.getValue());
    }
    enter(aggregate.windowOf(element.getTimestamp()));
    K key = keys.getKey(element.getValue());
    ACC known = inWindow.get(key);
    if (known == null) {
      inWindow.put(
          keyCopies.copy(key), function.add(element.getValue(), function.createAccumulator()));
      entries++;
    } else {
      ACC next = function.add(element.getValue(), known);
      if (next != known) {
        inWindow.put(key, next);
      }
    }
    if (entries >= maxEntries) {
      flushUntil(Long.MAX_VALUE);
    }
  }

  private void enter(long next) {
    if (next != window) {
      window = next;
      inWindow = windows.computeIfAbsent(next, unseen -> new HashMap<>());
    }
  }

  /** Emits the windows that a watermark closes. */
  private void flushUntil(long watermark) {
    Iterator<Map.Entry<Long, Map<K, ACC>>> each = windows.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, Map<K, ACC>> next = each.next();
      if (aggregate.lastOf(next.getKey()) > watermark) {
        return;
      }
      emit(next.getKey(), next.getValue());
      each.remove();
      forgetWindow();
    }
  }

  private void emit(Long from, Map<K, ACC> partials) {
    partials.forEach(
        (key, accumulator) ->
            output.collect(
                new StreamRecord<>(Tuple3.of(key, from, accumulator), aggregate.lastOf(from))));
    entries -= partials.size();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      processWatermarkStatus(WatermarkStatus.IDLE);
      return;
    }
    flushUntil(mark.getTimestamp());
    super.processWatermark(mark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    // The other end no longer waits for an idle input: what is here would come too late.
    if (status.isIdle()) {
      flushUntil(Long.MAX_VALUE);
    }
    super.processWatermarkStatus(status);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    flushUntil(Long.MAX_VALUE);
  }

  @Override
  public void endInput() {
    flushUntil(Long.MAX_VALUE);
  }
}
