package io.weir.operators.newest;

import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link NewestWindow}. What is shown changes once a second, so that a job which catches up
 * on an hour does not register and unregister metrics for each of its minutes.
 *
 * <p>Has no state: after a restore nothing is shown until the next window closes.
 */
// Flink calls open before anything else.
@SuppressWarnings("NullAway.Init")
final class NewestWindowOperator extends AbstractStreamOperator<Row>
    implements OneInputStreamOperator<Row, Row>, ProcessingTimeCallback {

  private static final long serialVersionUID = 1;
  private static final long TICK_MILLIS = 1_000;

  private final NewestWindow newest;
  private final int[] labels;
  private final int[] measures;
  private final int windowStart;
  private final int windowEnd;

  private transient MetricGroup table;
  private transient Counter leftOut;
  private transient Map<List<String>, ShownGroup> groups;
  private transient long newestEnd;

  NewestWindowOperator(NewestWindow newest, Schema schema) {
    this.newest = newest;
    labels = newest.groupBy().stream().mapToInt(schema::requireIndexOf).toArray();
    measures = newest.measures().stream().mapToInt(schema::requireIndexOf).toArray();
    windowStart = schema.requireIndexOf("window_start");
    windowEnd = schema.requireIndexOf("window_end");
  }

  @Override
  public void open() throws Exception {
    super.open();
    table = getMetricGroup().addGroup(newest.title());
    leftOut = table.counter("groupsLeftOut");
    groups = new HashMap<>();
    newestEnd = Long.MIN_VALUE;
    scheduleTick();
  }

  private void scheduleTick() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    var unused = getProcessingTimeService().registerTimer(now + TICK_MILLIS, this);
  }

  @Override
  public void onProcessingTime(long now) {
    groups.values().forEach(group -> group.refresh(newestEnd));
    scheduleTick();
  }

  @Override
  public void processElement(StreamRecord<Row> element) {
    Row row = element.getValue();
    ShownGroup group = group(row);
    if (group == null) {
      leftOut.inc();
    } else {
      group.take(figures(row));
    }
    output.collect(element);
  }

  private @Nullable ShownGroup group(Row row) {
    String[] values = new String[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = row.isNull(labels[i]) ? "" : row.textAt(labels[i]);
    }
    List<String> key = List.of(values);
    ShownGroup known = groups.get(key);
    if (known == null && groups.size() < newest.maxGroups()) {
      known = new ShownGroup(table, newest, key);
      groups.put(key, known);
    }
    return known;
  }

  private Figures figures(Row row) {
    long[] numbers = new long[measures.length];
    long present = 0;
    for (int i = 0; i < measures.length; i++) {
      numbers[i] = row.longAt(measures[i]);
      present |= row.isNull(measures[i]) ? 0 : 1L << i;
    }
    return new Figures(
        TimeUnit.MICROSECONDS.toMillis(row.longAt(windowStart)),
        TimeUnit.MICROSECONDS.toMillis(row.longAt(windowEnd)),
        numbers,
        present);
  }

  // The rows of the windows that a watermark closes come before it.
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (!mark.equals(Watermark.MAX_WATERMARK)) {
      long size = newest.size().toMillis();
      newestEnd = Math.floorDiv(mark.getTimestamp() + 1, size) * size;
    }
    super.processWatermark(mark);
  }
}
