package io.weir.jobs.formats;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of the Apache HTTP server's combined log format, {@code %h %l %u %t "%r" %>s %b
 * "%{Referer}i" "%{User-agent}i"} (httpd's mod_log_config). A lone {@code -} is null, but no bytes
 * are 0 bytes. A request that is not {@code METHOD URL HTTP/...}, since clients send anything, has
 * neither method nor protocol, and its whole text is the URL. Of the escapes between quotes, {@code
 * \"} and {@code \\} are undone; the others stand for bytes that need not be text and stay as they
 * are.
 */
final class ApacheCombinedDecoder implements Decoder<Row> {

  private static final long serialVersionUID = 1;

  /** The columns, which are always the same. */
  static final Schema SCHEMA =
      Schema.of(
          new Column("host", ColumnType.STRING),
          new Column("ident", ColumnType.STRING),
          new Column("user", ColumnType.STRING),
          new Column("time", ColumnType.TIME),
          new Column("method", ColumnType.STRING),
          new Column("url", ColumnType.STRING),
          new Column("protocol", ColumnType.STRING),
          new Column("status", ColumnType.LONG),
          new Column("bytes", ColumnType.LONG),
          new Column("referer", ColumnType.STRING),
          new Column("agent", ColumnType.STRING));

  private final int[] fields;
  private transient @Nullable ApacheLine line;

  /**
   * Makes a decoder.
   *
   * @param wanted columns of {@link #SCHEMA}
   */
  ApacheCombinedDecoder(Schema wanted) {
    fields = wanted.names().stream().mapToInt(SCHEMA::requireIndexOf).toArray();
  }

  @Override
  public void open() {
    line = new ApacheLine();
  }

  @Override
  public void decode(byte[] bytes, Values<Row> values) throws BrokenRecordException {
    if (line == null) {
      throw new IllegalStateException("the decoder is not open");
    }
    line.read(bytes);
    Row row = new Row(fields.length);
    for (int i = 0; i < fields.length; i++) {
      fill(row, i, fields[i], line);
    }
    values.add(row, Math.floorDiv(line.number(ApacheLine.TIME), 1_000L));
  }

  private static void fill(Row row, int column, int field, ApacheLine line) {
    switch (field) {
      case ApacheLine.TIME, ApacheLine.BYTES -> row.setLong(column, line.number(field));
      case ApacheLine.STATUS -> {
        if (!line.isNull(field)) {
          row.setLong(column, line.number(field));
        }
      }
      default -> {
        String text = line.text(field);
        if (text != null) {
          row.setText(column, text);
        }
      }
    }
  }
}
