package io.weir.jobs.encoding;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows as JSON objects with every column, nulls included. TIME is ISO 8601 in UTC; NaN and the
 * infinities, which JSON does not have, are null; JSON columns are embedded.
 */
public final class JsonRowEncoder implements RowEncoder {

  private static final byte[] NOTHING = {};
  private static final byte[] NEW_LINE = {'\n'};

  private final Schema schema;
  private final int[] columns;
  private final SerializedString[] names;
  private final RecordBuffer record = new RecordBuffer();
  private final JsonGenerator json;
  private final TimeText time = new TimeText();

  /** Writes all columns. */
  public JsonRowEncoder(Schema schema) {
    this(schema, schema.names());
  }

  /** Writes some columns, in the order given. */
  public JsonRowEncoder(Schema schema, List<String> columns) {
    this.schema = schema;
    this.columns = columns.stream().mapToInt(schema::requireIndexOf).toArray();
    names =
        IntStream.of(this.columns)
            .mapToObj(i -> new SerializedString(Texts.wellFormed(schema.column(i).name())))
            .toArray(SerializedString[]::new);
    json = generator(record);
  }

  private static JsonGenerator generator(OutputStream out) {
    try {
      JsonGenerator json = JsonText.FACTORY.createGenerator(out, JsonEncoding.UTF8);
      json.setRootValueSeparator(null);
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void encode(Row row, OutputStream out) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < columns.length; i++) {
      json.writeFieldName(names[i]);
      writeValue(row, columns[i]);
    }
    json.writeEndObject();
    json.flush();
    record.drainTo(out, 0);
  }

  private void writeValue(Row row, int column) throws IOException {
    if (row.isNull(column)) {
      json.writeNull();
      return;
    }
    switch (schema.type(column)) {
      case STRING -> json.writeString(Texts.wellFormed(row.textAt(column)));
      case LONG -> json.writeNumber(row.longAt(column));
      case DOUBLE -> writeDouble(row.doubleAt(column));
      case BOOLEAN -> json.writeBoolean(row.booleanAt(column));
      case TIME -> json.writeString(time.of(row.longAt(column)));
      case JSON -> JsonText.copy(row.textAt(column), Texts::wellFormed, json);
    }
  }

  private void writeDouble(double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  @Override
  public RowFile startFile(OutputStream out) throws IOException {
    return new LineFile(this, NOTHING, NEW_LINE, out);
  }
}
