package io.weir.jobs.encoding;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The bytes of one record, in an array that is used again for the next one. */
final class RecordBuffer extends ByteArrayOutputStream {

  private static final int KEPT_BYTES = 1 << 16;

  RecordBuffer() {
    super(512);
  }

  /** Moves all but the last bytes to a stream and empties the buffer. */
  void drainTo(OutputStream out, int withoutLast) throws java.io.IOException {
    out.write(buf, 0, count - withoutLast);
    reset();
  }

  /** The bytes, valid until the next write. */
  ByteBuffer view() {
    return ByteBuffer.wrap(buf, 0, count);
  }

  @Override
  public synchronized void reset() {
    // One huge record must not hold its memory for ever.
    if (buf.length > KEPT_BYTES) {
      buf = new byte[KEPT_BYTES];
    }
    super.reset();
  }
}
