package io.weir.jobs.formats.otlp;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder.Values;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes rows of spans. Those of one resource are kept until all of it has been read: what it is may
 * stand behind its spans. Used by one thread.
 */
final class SpanRows {

  private static final String UNKNOWN_SERVICE = "unknown_service";
  private static final long MICROS_PER_MILLI = 1_000;

  private final int[] columns;
  private final int serviceColumn;
  private final boolean timeIsStart;
  private final List<Row> rows = new ArrayList<>();
  private long[] millis = new long[64];
  private String service = "";

  /**
   * Makes a builder.
   *
   * @param wanted columns of {@link SpanColumns#SCHEMA}
   * @param timeField the column that is the event time: start or end
   */
  SpanRows(Schema wanted, String timeField) {
    columns = wanted.names().stream().mapToInt(SpanColumns.SCHEMA::requireIndexOf).toArray();
    serviceColumn = wanted.indexOf(SpanColumns.SERVICE);
    timeIsStart = timeField.equals(SpanColumns.START);
  }

  void beginResource() {
    rows.clear();
    service = "";
  }

  void service(String name) {
    service = name;
  }

  /** Takes a span, or says to the receiver of the values what is wrong with it. */
  void add(SpanFields span, Values<Row> values) throws BrokenRecordException {
    try {
      span.check();
    } catch (BrokenRecordException e) {
      values.broken(String.valueOf(e.getMessage()));
      return;
    }
    if (rows.size() == millis.length) {
      millis = Arrays.copyOf(millis, 2 * millis.length);
    }
    long micros = timeIsStart ? span.startMicros() : span.endMicros();
    millis[rows.size()] = micros / MICROS_PER_MILLI;
    rows.add(row(span));
  }

  private Row row(SpanFields span) {
    Row row = new Row(columns.length);
    for (int i = 0; i < columns.length; i++) {
      fill(row, i, columns[i], span);
    }
    return row;
  }

  // By the order of SpanColumns.SCHEMA.
  private static void fill(Row row, int at, int column, SpanFields span) {
    switch (column) {
      case 0 -> row.setLong(at, span.traceIdHigh);
      case 1 -> row.setLong(at, span.traceIdLow);
      case 2 -> row.setLong(at, span.spanId);
      case 3 -> setParent(row, at, span);
      case 5 -> row.setText(at, span.operation);
      case 6 -> row.setLong(at, span.startMicros());
      case 7 -> row.setLong(at, span.endMicros());
      case 8 -> row.setLong(at, span.durationMicros());
      case 9 -> row.setLong(at, span.error ? 1 : 0);
      default -> {}
    }
  }

  private static void setParent(Row row, int at, SpanFields span) {
    if (span.parentSpanId != 0) {
      row.setLong(at, span.parentSpanId);
    }
  }

  /** Hands out the rows of the resource. */
  void endResource(Values<Row> values) {
    String name = service.isEmpty() ? UNKNOWN_SERVICE : service;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (serviceColumn >= 0) {
        row.setText(serviceColumn, name);
      }
      values.add(row, millis[i]);
    }
    rows.clear();
  }
}
