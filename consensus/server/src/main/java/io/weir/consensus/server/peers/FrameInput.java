package io.weir.consensus.server.peers;

import java.io.BufferedInputStream;
import java.io.InputStream;

/** A buffer before a connection, which knows whether the next frame is in it. */
final class FrameInput extends BufferedInputStream {

  private static final int BUFFER_BYTES = 64 * 1024;

  FrameInput(InputStream in) {
    super(in, BUFFER_BYTES);
  }

  /** Whether a whole frame can be read without waiting for the other side. */
  boolean hasFrame() {
    int bytes = count - pos;
    if (bytes < Frame.TYPE_OFFSET) {
      return false;
    }
    int afterType =
        Frame.TYPE_OFFSET + (byteAt(Frame.TYPE_OFFSET - 2) << 8) + byteAt(Frame.TYPE_OFFSET - 1);
    if (bytes < afterType + Integer.BYTES) {
      return false;
    }
    int length = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      length = (length << 8) + byteAt(afterType + i);
    }
    return bytes >= (long) afterType + Integer.BYTES + length;
  }

  private int byteAt(int offset) {
    return buf[pos + offset] & 0xff;
  }
}
