package io.weir.jobs.connectors.postgres;

import io.weir.jobs.encoding.TimeText;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The values of one column as PostgreSQL's text for an array ("8.15.6. Array Input and Output
 * Syntax"). Owned by one thread.
 */
final class ArrayText {

  private static final long MIN_PLAIN_MICROS = micros(1);
  private static final long MAX_PLAIN_MICROS = micros(10_000);
  private static final long OLDEST_MICROS = micros(-4_711);

  private final int column;
  private final ColumnType type;
  private final StringBuilder array = new StringBuilder("{");
  private final TimeText time = new TimeText();

  ArrayText(int column, ColumnType type) {
    this.column = column;
    this.type = type;
  }

  private static long micros(int year) {
    return LocalDate.of(year, 1, 1).toEpochDay() * Duration.ofDays(1).toSeconds() * 1_000_000;
  }

  void add(Row row) {
    if (array.length() > 1) {
      array.append(',');
    }
    if (row.isNull(column)) {
      array.append("NULL");
    } else {
      addValue(row);
    }
  }

  private void addValue(Row row) {
    switch (type) {
      case STRING, JSON -> quote(row.textAt(column));
      case LONG -> array.append(row.longAt(column));
      // 0.0 and -0.0 are one key to PostgreSQL; adding 0.0 makes them one here.
      case DOUBLE -> array.append(row.doubleAt(column) + 0.0);
      case BOOLEAN -> array.append(row.booleanAt(column));
      case TIME -> addTime(row.longAt(column));
    }
  }

  private void quote(String text) {
    array.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        array.append('\\');
      }
      array.append(c);
    }
    array.append('"');
  }

  private void addTime(long micros) {
    if (micros < OLDEST_MICROS) {
      array.append("-infinity");
    } else if (micros >= MIN_PLAIN_MICROS && micros < MAX_PLAIN_MICROS) {
      array.append(time.of(micros));
    } else {
      array.append('"').append(farTime(micros)).append('"');
    }
  }

  /** PostgreSQL counts years before 1 as BC, without a year 0, and takes no sign. */
  private String farTime(long micros) {
    String iso = time.of(micros);
    int year = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC).getYear();
    String rest = iso.substring(iso.length() - lengthAfterYear(iso));
    return year > 0 ? year + rest : String.format("%04d%s BC", 1 - year, rest);
  }

  private static int lengthAfterYear(String iso) {
    return iso.length() - iso.indexOf('-', 1);
  }

  /** The array; the next one begins empty. */
  String finish() {
    String finished = array.append('}').toString();
    array.setLength(1);
    return finished;
  }
}
