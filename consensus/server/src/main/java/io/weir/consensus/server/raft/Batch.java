package io.weir.consensus.server.raft;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Several byte strings as one: their number, then each with its length before it. */
final class Batch {

  /** What a batch adds to each of its parts. */
  static final int PART_BYTES = 4;

  private Batch() {}

  static byte[] encode(List<byte[]> parts) {
    int length = PART_BYTES;
    for (byte[] part : parts) {
      length += PART_BYTES + part.length;
    }
    ByteBuffer batch = ByteBuffer.allocate(length).putInt(parts.size());
    for (byte[] part : parts) {
      batch.putInt(part.length).put(part);
    }
    return batch.array();
  }

  static List<byte[]> decode(byte[] batch) {
    ByteBuffer in = ByteBuffer.wrap(batch);
    int size = in.getInt();
    List<byte[]> parts = new ArrayList<>(Math.min(size, batch.length));
    for (int i = 0; i < size; i++) {
      byte[] part = new byte[in.getInt()];
      in.get(part);
      parts.add(part);
    }
    return parts;
  }
}
