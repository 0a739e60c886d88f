package io.weir.operators.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Remembers, in a checkpoint, the columns that its rows were written with. */
public final class RowSerializerSnapshot implements TypeSerializerSnapshot<Row> {

  private static final int VERSION = 1;

  private @Nullable Schema schema;

  /** For Flink, which fills the snapshot by {@link #readSnapshot}. */
  public RowSerializerSnapshot() {}

  RowSerializerSnapshot(Schema schema) {
    this.schema = schema;
  }

  private Schema schema() {
    if (schema == null) {
      throw new IllegalStateException("the snapshot was not read yet");
    }
    return schema;
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeInt(schema().size());
    for (Column column : schema().columns()) {
      out.writeUTF(column.name());
      out.writeUTF(column.type().name());
    }
  }

  @Override
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
      throws IOException {
    if (readVersion != VERSION) {
      throw new IOException("rows of format " + readVersion + "; this build reads " + VERSION);
    }
    List<Column> columns = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      columns.add(new Column(in.readUTF(), ColumnType.valueOf(in.readUTF())));
    }
    schema = new Schema(columns);
  }

  @Override
  public TypeSerializer<Row> restoreSerializer() {
    return new RowSerializer(schema());
  }

  @Override
  public TypeSerializerSchemaCompatibility<Row> resolveSchemaCompatibility(
      TypeSerializerSnapshot<Row> oldSnapshot) {
    return oldSnapshot instanceof RowSerializerSnapshot old && old.schema().equals(schema())
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
