package io.weir.operators.row;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row as its null mask followed by the values that are present: 8 bytes for a number, a
 * 32-bit length and UTF-8 for a text.
 */
public final class RowSerializer extends TypeSerializer<Row> {

  private static final long serialVersionUID = 1;

  private final Schema schema;
  private transient @Nullable RecentTexts texts;

  public RowSerializer(Schema schema) {
    this.schema = schema;
  }

  Schema schema() {
    return schema;
  }

  @Override
  public void serialize(Row row, DataOutputView out) throws IOException {
    long present = 0;
    for (int i = 0; i < schema.size(); i++) {
      present |= row.isNull(i) ? 0 : 1L << i;
    }
    out.writeLong(present);
    for (int i = 0; i < schema.size(); i++) {
      if (!row.isNull(i)) {
        writeValue(row, i, out);
      }
    }
  }

  private void writeValue(Row row, int column, DataOutputView out) throws IOException {
    if (schema.type(column).isText()) {
      byte[] text = row.textAt(column).getBytes(StandardCharsets.UTF_8);
      out.writeInt(text.length);
      out.write(text);
    } else {
      out.writeLong(row.longAt(column));
    }
  }

  @Override
  public Row deserialize(DataInputView in) throws IOException {
    return fill(new Row(schema.size()), in);
  }

  @Override
  public Row deserialize(Row reuse, DataInputView in) throws IOException {
    reuse.clear();
    return fill(reuse, in);
  }

  private Row fill(Row empty, DataInputView in) throws IOException {
    long present = in.readLong();
    for (int i = 0; i < schema.size(); i++) {
      if ((present & (1L << i)) != 0) {
        readValue(empty, i, in);
      }
    }
    return empty;
  }

  private void readValue(Row row, int column, DataInputView in) throws IOException {
    if (schema.type(column).isText()) {
      row.setText(column, texts().read(in, in.readInt()));
    } else {
      row.setLong(column, in.readLong());
    }
  }

  // Serializers travel to their tasks, and are asked for duplicates that never read.
  private RecentTexts texts() {
    if (texts == null) {
      texts = new RecentTexts();
    }
    return texts;
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<Row> duplicate() {
    return new RowSerializer(schema);
  }

  @Override
  public Row createInstance() {
    return new Row(schema.size());
  }

  @Override
  public Row copy(Row from) {
    return from.copy();
  }

  @Override
  public Row copy(Row from, Row reuse) {
    reuse.copyFrom(from);
    return reuse;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RowSerializer that && schema.equals(that.schema);
  }

  @Override
  public int hashCode() {
    return schema.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Row> snapshotConfiguration() {
    return new RowSerializerSnapshot(schema);
  }
}
