package io.weir.consensus.server.raft;

import java.nio.ByteBuffer;

/**
 * Where a node is, as it says itself.
 *
 * @param term that it is in
 * @param leads whether it leads in this term, and has committed an entry of it
 * @param committed the index up to which it knows the log to be committed
 */
record Position(long term, boolean leads, long committed) {

  private static final int BYTES = 2 * Long.BYTES + 1;

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .putLong(term)
        .put((byte) (leads ? 1 : 0))
        .putLong(committed)
        .array();
  }

  static Position decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Position(in.getLong(), in.get() != 0, in.getLong());
  }
}
