package io.weir.jobs.formats;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of CSV (RFC 4180). An empty field is null, except that {@code ""} is an empty text.
 * Fields are not trimmed; every record must have a field for each column.
 */
final class CsvDecoder implements Decoder<Row> {

  private static final long serialVersionUID = 1;

  private final CsvSettings csv;
  private final List<String> fields;
  private final List<InputColumn> columns;
  private final int size;
  private transient CsvReader.@Nullable CsvReaderBuilder readers;
  private transient @Nullable CsvFields handler;
  private transient @Nullable RowBuilder builder;

  /**
   * Makes a decoder.
   *
   * @param fields the names of the fields, in the order of the records
   * @param size how many columns a row has
   */
  CsvDecoder(CsvSettings csv, List<String> fields, List<InputColumn> columns, int size) {
    this.csv = csv;
    this.fields = fields;
    this.columns = columns;
    this.size = size;
  }

  @Override
  public void open() {
    builder = new RowBuilder(size);
    handler = new CsvFields(fields, columns, builder);
    readers = reader(csv);
  }

  static CsvReader.CsvReaderBuilder reader(CsvSettings csv) {
    return CsvReader.builder()
        .fieldSeparator(csv.separator())
        .quoteCharacter(csv.quote())
        .skipEmptyLines(false)
        .allowUnclosedQuote(false);
  }

  @Override
  public void decode(byte[] bytes, Values<Row> values) throws BrokenRecordException {
    if (readers == null || builder == null || handler == null) {
      throw new IllegalStateException("the decoder is not open");
    }
    builder.begin();
    handler.begin();
    try {
      // The handler makes no records of its own, so this one call reads all that there is.
      readers.build(handler, text(bytes)).forEach(none -> {});
    } catch (CsvParseException e) {
      throw new BrokenRecordException("CSV: " + e.getMessage());
    }
    handler.check();
    builder.finish(values);
  }

  /** The record as text, without the mark that some programs write before a file's first record. */
  static String text(byte[] bytes) {
    int skip = bytes.length >= 3 && bytes[0] == -17 && bytes[1] == -69 && bytes[2] == -65 ? 3 : 0;
    return new String(bytes, skip, bytes.length - skip, StandardCharsets.UTF_8);
  }
}
