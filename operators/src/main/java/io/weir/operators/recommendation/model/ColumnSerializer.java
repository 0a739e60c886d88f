package io.weir.operators.recommendation.model;

import io.weir.operators.row.FormatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a column as its count, its size and its entries. */
public final class ColumnSerializer extends TypeSerializerSingleton<Column> {

  public static final ColumnSerializer INSTANCE = new ColumnSerializer();

  private static final long serialVersionUID = 1;

  private ColumnSerializer() {}

  @Override
  public void serialize(Column column, DataOutputView out) throws IOException {
    column.write(out);
  }

  @Override
  public Column deserialize(DataInputView in) throws IOException {
    return Column.read(in);
  }

  @Override
  public Column deserialize(Column reuse, DataInputView in) throws IOException {
    return Column.read(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    Column.read(in).write(out);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public Column createInstance() {
    return new Column();
  }

  @Override
  public Column copy(Column from) {
    return from.copy();
  }

  @Override
  public Column copy(Column from, Column reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<Column> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Remembers, in a checkpoint, that this serializer wrote it. */
  public static final class Snapshot extends FormatSnapshot<Column> {

    /** For Flink. */
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
