package io.weir.operators.source;

import io.weir.operators.intake.OriginClockCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes the wrapped split's version, its length and bytes, and then the clock. */
final class ClockedSplitSerializer<S extends SourceSplit>
    implements SimpleVersionedSerializer<ClockedSplit<S>> {

  private static final int VERSION = 1;

  private final SimpleVersionedSerializer<S> splits;

  ClockedSplitSerializer(SimpleVersionedSerializer<S> splits) {
    this.splits = splits;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(ClockedSplit<S> clocked) throws IOException {
    byte[] split = splits.serialize(clocked.split());
    byte[] clock = OriginClockCodec.write(clocked.clock());
    return ByteBuffer.allocate(2 * Integer.BYTES + split.length + clock.length)
        .putInt(splits.getVersion())
        .putInt(split.length)
        .put(split)
        .put(clock)
        .array();
  }

  @Override
  public ClockedSplit<S> deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("a split of format " + version + "; this build reads " + VERSION);
    }
    ByteBuffer in = ByteBuffer.wrap(serialized);
    int splitVersion = in.getInt();
    byte[] split = new byte[in.getInt()];
    in.get(split);
    byte[] clock = new byte[in.remaining()];
    in.get(clock);
    return new ClockedSplit<>(
        splits.deserialize(splitVersion, split), OriginClockCodec.read(clock));
  }
}
