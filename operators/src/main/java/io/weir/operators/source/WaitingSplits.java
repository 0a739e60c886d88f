package io.weir.operators.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The enumerator's part of a checkpoint: the splits that no reader has. All others are in the state
 * of the readers, or done.
 *
 * @param splits in no particular order
 */
record WaitingSplits(List<OriginSplit> splits) {

  WaitingSplits {
    splits = List.copyOf(splits);
  }

  /** Writes a count and that many splits. */
  static final class Serializer implements SimpleVersionedSerializer<WaitingSplits> {

    @Override
    public int getVersion() {
      return OriginSplitSerializer.VERSION;
    }

    @Override
    public byte[] serialize(WaitingSplits waiting) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(256);
      out.writeInt(waiting.splits().size());
      for (OriginSplit split : waiting.splits()) {
        OriginSplitSerializer.write(split, out);
      }
      return out.getCopyOfBuffer();
    }

    @Override
    public WaitingSplits deserialize(int version, byte[] serialized) throws IOException {
      OriginSplitSerializer.requireVersion(version);
      DataInputDeserializer in = new DataInputDeserializer(serialized);
      List<OriginSplit> splits = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        splits.add(OriginSplitSerializer.read(in));
      }
      return new WaitingSplits(splits);
    }
  }
}
