package io.weir.operators.recommendation.model;

import io.weir.operators.row.FormatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the items of a shard, in the order of their numbers. */
public final class ItemsSerializer extends TypeSerializerSingleton<Items> {

  public static final ItemsSerializer INSTANCE = new ItemsSerializer();

  private static final long serialVersionUID = 1;

  private ItemsSerializer() {}

  @Override
  public void serialize(Items items, DataOutputView out) throws IOException {
    items.write(out);
  }

  @Override
  public Items deserialize(DataInputView in) throws IOException {
    return Items.read(in);
  }

  @Override
  public Items deserialize(Items reuse, DataInputView in) throws IOException {
    return Items.read(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    Items.read(in).write(out);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public Items createInstance() {
    return new Items();
  }

  @Override
  public Items copy(Items from) {
    return from.copy();
  }

  @Override
  public Items copy(Items from, Items reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<Items> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Remembers, in a checkpoint, that this serializer wrote it. */
  public static final class Snapshot extends FormatSnapshot<Items> {

    /** For Flink. */
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
