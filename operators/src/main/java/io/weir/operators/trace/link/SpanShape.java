package io.weir.operators.trace.link;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import io.weir.operators.trace.TraceId;
import io.weir.operators.trace.WaitingSpan;
import java.io.Serializable;

/**
 * Where the columns of spans stand in rows: {@code trace_id_high}, {@code trace_id_low}, {@code
 * span_id}, {@code parent_span_id} (null: none), {@code service}, {@code duration_us}, {@code
 * error}. Other columns are passed on.
 */
final class SpanShape implements Serializable {

  /** A call from one service to another: as long, and as successful, as the called one says. */
  static final Schema CALLS =
      Schema.of(
          new Column("caller", ColumnType.STRING),
          new Column("callee", ColumnType.STRING),
          new Column("duration_us", ColumnType.LONG),
          new Column("error", ColumnType.LONG));

  private static final long serialVersionUID = 1;

  private final int traceIdHigh;
  private final int traceIdLow;
  private final int spanId;
  private final int parentSpanId;
  private final int service;
  private final int duration;
  private final int error;

  /**
   * Looks the columns up.
   *
   * @throws IllegalArgumentException if one is missing
   */
  SpanShape(Schema spans) {
    traceIdHigh = spans.requireIndexOf("trace_id_high");
    traceIdLow = spans.requireIndexOf("trace_id_low");
    spanId = spans.requireIndexOf("span_id");
    parentSpanId = spans.requireIndexOf("parent_span_id");
    service = spans.requireIndexOf("service");
    duration = spans.requireIndexOf("duration_us");
    error = spans.requireIndexOf("error");
  }

  TraceId traceId(Row span) {
    return new TraceId(span.longAt(traceIdHigh), span.longAt(traceIdLow));
  }

  long spanId(Row span) {
    return span.longAt(spanId);
  }

  boolean hasParent(Row span) {
    return !span.isNull(parentSpanId);
  }

  long parentSpanId(Row span) {
    return span.longAt(parentSpanId);
  }

  String service(Row span) {
    return span.textAt(service);
  }

  long durationMicros(Row span) {
    return span.longAt(duration);
  }

  WaitingSpan waiting(Row span, long time) {
    return new WaitingSpan(service(span), durationMicros(span), span.longAt(error), time);
  }

  static Row call(String caller, WaitingSpan callee) {
    Row call = new Row(CALLS.size());
    call.setText(0, caller);
    call.setText(1, callee.service());
    call.setLong(2, callee.durationMicros());
    call.setLong(3, callee.error());
    return call;
  }
}
