package io.weir.operators.trace.link;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import io.weir.operators.trace.TraceIdSerializer;
import io.weir.operators.trace.self.AskedServices;
import io.weir.operators.trace.self.SelfTimes;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Spans, each of them once, the calls among them, and what they take themselves.
 *
 * @param spans as they came, without repeats
 * @param calls with the columns {@code caller}, {@code callee}, {@code duration_us} and {@code
 *     error}; their watermark is behind that of the spans by the time that a parent may take
 * @param selfTimes with the columns {@code service} and {@code self_log}, of the services that the
 *     configuration asks for; their watermark is behind that of the spans by 20 seconds
 */
public record LinkedSpans(DataStream<Row> spans, DataStream<Row> calls, DataStream<Row> selfTimes) {

  /** The columns of calls. */
  public static final Schema CALLS = SpanShape.CALLS;

  /** The columns of self times. */
  public static final Schema SELF_TIMES = SelfTimes.SCHEMA;

  /**
   * Adds the operators, behind a shuffle by trace.
   *
   * @param rows each with its event time as timestamp, of self times the span's end; watermarks
   *     that no row undercuts
   * @param columns of the rows: {@code trace_id_high}, {@code trace_id_low}, {@code span_id},
   *     {@code parent_span_id}, {@code service}, {@code duration_us} and {@code error}, and any
   *     others
   * @param wait how long after a span its parent may come, by event time
   * @param type what the job's configuration says of self times
   * @param uidPrefix the operators' uids are this and {@code -traces}, {@code -calls} and {@code
   *     -self-times}
   */
  public static LinkedSpans of(
      DataStream<Row> rows,
      Schema columns,
      Duration wait,
      Epochs epochs,
      ConfigurationType<AskedServices> type,
      String uidPrefix) {
    SpanShape shape = new SpanShape(columns);
    SingleOutputStreamOperator<Row> spans =
        epochs
            .transform(
                rows.keyBy(shape::traceId, TraceIdSerializer.TYPE),
                "traces",
                rows.getType(),
                new TraceOperator(shape, wait.toMillis(), type))
            .uid(uidPrefix + "-traces");
    long delay = wait.toMillis() + TraceOperator.TIMER_MILLIS;
    DataStream<Row> calls =
        spans
            .getSideOutput(TraceOperator.CALLS)
            .transform("calls", new RowTypeInfo(SpanShape.CALLS), new DelayOperator<>(delay))
            .uid(uidPrefix + "-calls");
    DataStream<Row> selfTimes =
        spans
            .getSideOutput(TraceOperator.SELF_TIMES)
            .transform(
                "self times",
                new RowTypeInfo(SelfTimes.SCHEMA),
                new DelayOperator<>(TraceOperator.SELF_DELAY_MILLIS))
            .uid(uidPrefix + "-self-times");
    return new LinkedSpans(spans, calls, selfTimes);
  }
}
