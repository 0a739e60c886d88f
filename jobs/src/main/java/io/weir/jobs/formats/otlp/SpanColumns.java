package io.weir.jobs.formats.otlp;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;

/** The columns of spans, which are always the same. */
public final class SpanColumns {

  /** The ids are numbers of 64 bits without sign, as Jaeger has them; a trace's are two. */
  public static final String TRACE_ID_HIGH = "trace_id_high";

  public static final String TRACE_ID_LOW = "trace_id_low";
  public static final String SPAN_ID = "span_id";

  /** Null for a root. */
  public static final String PARENT_SPAN_ID = "parent_span_id";

  /** The resource's {@code service.name}; {@code unknown_service} where it has none. */
  public static final String SERVICE = "service";

  /** The span's name. */
  public static final String OPERATION = "operation";

  public static final String START = "start";
  public static final String END = "end";

  /** Whole microseconds of the exact duration. */
  public static final String DURATION_US = "duration_us";

  /** 1 where the span's status is an error, else 0. */
  public static final String ERROR = "error";

  public static final Schema SCHEMA =
      Schema.of(
          new Column(TRACE_ID_HIGH, ColumnType.LONG),
          new Column(TRACE_ID_LOW, ColumnType.LONG),
          new Column(SPAN_ID, ColumnType.LONG),
          new Column(PARENT_SPAN_ID, ColumnType.LONG),
          new Column(SERVICE, ColumnType.STRING),
          new Column(OPERATION, ColumnType.STRING),
          new Column(START, ColumnType.TIME),
          new Column(END, ColumnType.TIME),
          new Column(DURATION_US, ColumnType.LONG),
          new Column(ERROR, ColumnType.LONG));

  /** What is needed to measure services. */
  public static final Schema MEASURED =
      new Schema(
          SCHEMA.columns().stream().filter(column -> column.type() != ColumnType.TIME).toList());

  private SpanColumns() {}
}
