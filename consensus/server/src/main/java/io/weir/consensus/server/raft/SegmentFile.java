package io.weir.consensus.server.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * One file of Atomix' log, read without Atomix: a header of 64 bytes (version, number, first index,
 * sizes), then entries as length, CRC-32 and bytes, then zeros up to the file's full size.
 */
final class SegmentFile {

  private static final int HEADER_BYTES = 64;
  private static final int FRAME_BYTES = 8;
  private static final int BLOCK_BYTES = 4096;
  private static final int VERSION = 1;

  private final Path file;
  private final long number;
  private final long firstIndex;
  private final ByteBuffer bytes;
  private int entries;
  private int end = HEADER_BYTES;

  private SegmentFile(Path file, long number, long firstIndex, ByteBuffer bytes) {
    this.file = file;
    this.number = number;
    this.firstIndex = firstIndex;
    this.bytes = bytes;
  }

  static SegmentFile read(Path file, long number) throws IOException {
    ByteBuffer bytes = LogFiles.readAll(file);
    boolean whole = bytes.limit() > HEADER_BYTES && bytes.getInt(0) == VERSION;
    return new SegmentFile(
        file, number, whole && bytes.getLong(4) == number ? bytes.getLong(12) : 0, bytes);
  }

  Path file() {
    return file;
  }

  long number() {
    return number;
  }

  long firstIndex() {
    return firstIndex;
  }

  int entries() {
    return entries;
  }

  /** Offset behind the last entry that can be read. */
  int end() {
    return end;
  }

  boolean isUnwritten() {
    return allZero(0, Math.min(HEADER_BYTES, bytes.limit()));
  }

  void scan() {
    int length = entryAt(end);
    while (length > 0) {
      entries++;
      end += FRAME_BYTES + length;
      length = entryAt(end);
    }
  }

  boolean endsClean() {
    return firstIndex > 0 && allZero(end, bytes.limit());
  }

  /**
   * Whether what stands behind the last whole entry can be what a crash left of writes that nobody
   * was told of: no entry follows, or a block between was never written.
   */
  boolean endIsTorn() {
    if (firstIndex == 0) {
      return false;
    }
    int next = nextEntry();
    return next == bytes.limit() || hasUnwrittenBlock(end, next);
  }

  void zeroFromEnd() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(bytes.limit() - end), end);
      channel.force(true);
    }
  }

  /** The length of the whole entry at the offset; 0 when there is none. */
  private int entryAt(int offset) {
    if (offset + FRAME_BYTES > bytes.limit()) {
      return 0;
    }
    int length = bytes.getInt(offset);
    if (length <= 0
        || length > RaftSettings.ENTRY_BYTES
        || length > bytes.limit() - offset - FRAME_BYTES) {
      return 0;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes.slice(offset + FRAME_BYTES, length));
    return (int) crc.getValue() == bytes.getInt(offset + 4) ? length : 0;
  }

  private int nextEntry() {
    for (int offset = end + 1; offset < bytes.limit(); offset++) {
      if (entryAt(offset) > 0) {
        return offset;
      }
    }
    return bytes.limit();
  }

  /**
   * Whether a block that ends before the next entry has nothing in it, or nothing behind the last
   * whole entry. The first bytes of an entry's length are zero in any case, and so may be its last
   * ones: they do not tell damage from what was never written.
   */
  private boolean hasUnwrittenBlock(int from, int to) {
    int start = from;
    for (int stop = blockEnd(start); stop <= to; stop = blockEnd(start)) {
      if (stop - start >= Integer.BYTES && allZero(start, stop)) {
        return true;
      }
      start = stop;
    }
    return false;
  }

  private static int blockEnd(int offset) {
    return (offset / BLOCK_BYTES + 1) * BLOCK_BYTES;
  }

  private boolean allZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
