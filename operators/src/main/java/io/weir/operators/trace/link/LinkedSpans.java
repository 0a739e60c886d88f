package io.weir.operators.trace.link;

import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import io.weir.operators.trace.TraceIdSerializer;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Spans, each of them once, and the calls among them.
 *
 * @param spans as they came, without repeats
 * @param calls with the columns {@code caller}, {@code callee}, {@code duration_us} and {@code
 *     error}; their watermark is behind that of the spans by the time that a parent may take
 */
public record LinkedSpans(DataStream<Row> spans, DataStream<Row> calls) {

  /** The columns of calls. */
  public static final Schema CALLS = SpanShape.CALLS;

  /**
   * Adds the operators, behind a shuffle by trace.
   *
   * @param rows each with its event time as timestamp; watermarks that no row undercuts
   * @param columns of the rows: {@code trace_id_high}, {@code trace_id_low}, {@code span_id},
   *     {@code parent_span_id}, {@code service}, {@code duration_us} and {@code error}, and any
   *     others
   * @param wait how long after a span its parent may come, by event time
   * @param uidPrefix the operators' uids are this and {@code -traces} and {@code -calls}
   */
  public static LinkedSpans of(
      DataStream<Row> rows, Schema columns, Duration wait, String uidPrefix) {
    SpanShape shape = new SpanShape(columns);
    SingleOutputStreamOperator<Row> spans =
        rows.keyBy(shape::traceId, TraceIdSerializer.TYPE)
            .transform("traces", rows.getType(), new TraceOperator(shape, wait.toMillis()))
            .uid(uidPrefix + "-traces");
    long delay = wait.toMillis() + TraceOperator.TIMER_MILLIS;
    DataStream<Row> calls =
        spans
            .getSideOutput(TraceOperator.CALLS)
            .transform("calls", new RowTypeInfo(SpanShape.CALLS), new DelayOperator<>(delay))
            .uid(uidPrefix + "-calls");
    return new LinkedSpans(spans, calls);
  }
}
