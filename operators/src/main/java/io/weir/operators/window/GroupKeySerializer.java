package io.weir.operators.window;

import io.weir.operators.row.FormatSnapshot;
import io.weir.operators.row.SerializedTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a key as its length, 4 bytes, and its bytes. */
final class GroupKeySerializer extends TypeSerializerSingleton<GroupKey> {

  static final GroupKeySerializer INSTANCE = new GroupKeySerializer();

  static final TypeInformation<GroupKey> TYPE =
      new SerializedTypeInfo<>(GroupKey.class, INSTANCE, true);

  private static final long serialVersionUID = 1;

  @Override
  public void serialize(GroupKey key, DataOutputView out) throws IOException {
    out.writeInt(key.bytes().length);
    out.write(key.bytes());
  }

  @Override
  public GroupKey deserialize(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new GroupKey(bytes);
  }

  @Override
  public GroupKey deserialize(GroupKey reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public GroupKey createInstance() {
    return new GroupKey(new byte[0]);
  }

  @Override
  public GroupKey copy(GroupKey from) {
    return from;
  }

  @Override
  public GroupKey copy(GroupKey from, GroupKey reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<GroupKey> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Nothing to remember: there is one format. */
  public static final class Snapshot extends FormatSnapshot<GroupKey> {
    /** For Flink. */
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
