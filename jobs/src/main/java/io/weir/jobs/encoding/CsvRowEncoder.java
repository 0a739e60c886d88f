package io.weir.jobs.encoding;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rows as comma-separated values (RFC 4180, UTF-8, CRLF). Null is an empty field, the empty text a
 * quoted empty one; numbers are as Java prints them, TIME is ISO 8601 in UTC.
 */
final class CsvRowEncoder implements RowEncoder {

  private static final byte[] TERMINATOR = "\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Schema schema;
  private final RecordBuffer record = new RecordBuffer();
  private final CsvWriter csv =
      CsvWriter.builder()
          .lineDelimiter(LineDelimiter.CRLF)
          .quoteStrategy(QuoteStrategies.EMPTY)
          .build(record, StandardCharsets.UTF_8);
  private final TimeText time = new TimeText();

  CsvRowEncoder(Schema schema) {
    this.schema = schema;
  }

  @Override
  public void encode(Row row, OutputStream out) throws IOException {
    CsvWriter.CsvWriterRecord fields = csv.writeRecord();
    for (int i = 0; i < schema.size(); i++) {
      fields.writeField(text(row, i));
    }
    fields.endRecord();
    drainTo(out);
  }

  private void drainTo(OutputStream out) throws IOException {
    csv.flush();
    record.drainTo(out, TERMINATOR.length);
  }

  private @Nullable String text(Row row, int column) {
    if (row.isNull(column)) {
      // A record of one empty field would be an empty line, which readers skip.
      return schema.size() == 1 ? "" : null;
    }
    return switch (schema.type(column)) {
      case STRING, JSON -> Texts.wellFormed(row.textAt(column));
      case LONG -> Long.toString(row.longAt(column));
      case DOUBLE -> Double.toString(row.doubleAt(column));
      case BOOLEAN -> Boolean.toString(row.booleanAt(column));
      case TIME -> time.of(row.longAt(column));
    };
  }

  @Override
  public RowFile startFile(OutputStream out) throws IOException {
    csv.writeRecord(schema.names());
    csv.flush();
    byte[] header = record.toByteArray();
    record.reset();
    return new LineFile(this, header, TERMINATOR, out);
  }
}
