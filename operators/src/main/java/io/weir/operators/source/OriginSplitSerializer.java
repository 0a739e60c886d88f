package io.weir.operators.source;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes splits for checkpoints and for their way to the readers. */
final class OriginSplitSerializer implements SimpleVersionedSerializer<OriginSplit> {

  static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(OriginSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    write(split, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public OriginSplit deserialize(int version, byte[] serialized) throws IOException {
    requireVersion(version);
    return read(new DataInputDeserializer(serialized));
  }

  static void requireVersion(int version) throws IOException {
    if (version != VERSION) {
      throw new IOException("splits of format " + version + "; this build reads " + VERSION);
    }
  }

  static void write(OriginSplit split, DataOutputView out) throws IOException {
    StringValue.writeString(split.origin().name(), out);
    out.writeLong(split.origin().work());
    out.writeLong(split.position().offset());
    out.writeLong(split.position().skip());
    out.writeLong(split.position().number());
  }

  static OriginSplit read(DataInputView in) throws IOException {
    Origin origin = new Origin(StringValue.readString(in), in.readLong());
    return new OriginSplit(origin, new Position(in.readLong(), in.readLong(), in.readLong()));
  }
}
