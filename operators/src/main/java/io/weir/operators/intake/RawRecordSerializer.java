package io.weir.operators.intake;

import io.weir.operators.intake.RawRecord.Mark;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes mark, origin, position and bytes; a clock stays where it is. */
public final class RawRecordSerializer extends TypeSerializerSingleton<RawRecord> {

  static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

  private static final long serialVersionUID = 1;
  private static final RawRecord EMPTY = RawRecord.data("", 0, new byte[0]);

  private RawRecordSerializer() {}

  @Override
  public void serialize(RawRecord record, DataOutputView out) throws IOException {
    out.writeUTF(record.mark().name());
    out.writeUTF(record.origin());
    out.writeLong(record.position());
    out.writeInt(record.bytes().length);
    out.write(record.bytes());
  }

  @Override
  public RawRecord deserialize(DataInputView in) throws IOException {
    Mark mark = Mark.valueOf(in.readUTF());
    String origin = in.readUTF();
    long position = in.readLong();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new RawRecord(mark, origin, position, bytes, null);
  }

  @Override
  public RawRecord deserialize(RawRecord reuse, DataInputView in) throws IOException {
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
  public RawRecord createInstance() {
    return EMPTY;
  }

  @Override
  public RawRecord copy(RawRecord from) {
    return from;
  }

  @Override
  public RawRecord copy(RawRecord from, RawRecord reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says, in a checkpoint, that this serializer wrote. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
