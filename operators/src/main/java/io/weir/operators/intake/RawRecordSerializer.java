package io.weir.operators.intake;

import io.weir.operators.intake.RawRecord.Mark;
import io.weir.operators.row.FormatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Writes a raw record as one byte for the mark, its origin, its position and, behind their length,
 * its bytes. Records count as immutable: between chained operators they are passed on uncopied,
 * with the clock that a mark may carry; a clock does not travel any further.
 */
public final class RawRecordSerializer extends TypeSerializerSingleton<RawRecord> {

  static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

  private static final long serialVersionUID = 1;

  private static final Mark[] MARKS = Mark.values();

  private RawRecordSerializer() {}

  @Override
  @SuppressWarnings("EnumOrdinal") // one byte a record; marks are only ever added at the end
  public void serialize(RawRecord record, DataOutputView out) throws IOException {
    out.writeByte(record.mark().ordinal());
    StringValue.writeString(record.origin(), out);
    out.writeLong(record.position());
    out.writeInt(record.bytes().length);
    out.write(record.bytes());
  }

  @Override
  public RawRecord deserialize(DataInputView in) throws IOException {
    Mark mark = MARKS[in.readByte()];
    String origin = StringValue.readString(in);
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
    return RawRecord.finished("");
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

  /** The format, as it is named in checkpoints. */
  public static final class Snapshot extends FormatSnapshot<RawRecord> {
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
