package io.weir.consensus.server.storage;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a log file: frames of magic, number, length, CRC-32C of number, length and content,
 * and content; big-endian. Frames of a file are numbered from 0.
 *
 * <p>INVARIANT: a frame is written only after the one before it was synced. So a crash leaves at
 * most one frame that is not whole, the last; a whole frame behind a broken one means damage.
 */
final class Frames {

  private static final int MAGIC = 0x57504158;
  static final int HEADER_BYTES = 20;
  private static final int CHECKED_OFFSET = 4;
  private static final int CRC_OFFSET = 16;

  private Frames() {}

  static byte[] frame(long number, byte[] content, int length) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + length);
    frame.putInt(MAGIC).putLong(number).putInt(length);
    frame.position(HEADER_BYTES);
    frame.put(content, 0, length);
    frame.putInt(CRC_OFFSET, crc(frame, 0, length));
    return frame.array();
  }

  private static int crc(ByteBuffer file, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(file.slice(offset + CHECKED_OFFSET, CRC_OFFSET - CHECKED_OFFSET));
    crc.update(file.slice(offset + HEADER_BYTES, length));
    return (int) crc.getValue();
  }

  /** The length of the content of a whole frame at an offset, whatever its number; -1 for none. */
  private static int contentAt(ByteBuffer file, int offset) {
    if (file.limit() - offset < HEADER_BYTES || file.getInt(offset) != MAGIC) {
      return -1;
    }
    int length = file.getInt(offset + 12);
    if (length < 0 || length > file.limit() - offset - HEADER_BYTES) {
      return -1;
    }
    return crc(file, offset, length) == file.getInt(offset + CRC_OFFSET) ? length : -1;
  }

  /** The length of the content of the frame with a number at an offset; -1 for none. */
  static int contentAt(ByteBuffer file, int offset, long number) {
    int length = contentAt(file, offset);
    return length >= 0 && file.getLong(offset + 4) == number ? length : -1;
  }

  /** The offset of the next whole frame from an offset on; -1 for none. */
  static int nextFrame(ByteBuffer file, int from) {
    for (int offset = from; offset <= file.limit() - HEADER_BYTES; offset++) {
      if (file.getInt(offset) == MAGIC && contentAt(file, offset) >= 0) {
        return offset;
      }
    }
    return -1;
  }
}
