package io.weir.operators.source.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip file: one member after the other (RFC 1952, 2.2), each checked against its
 * checksum and length. Zeros behind the last member are padding; anything else there is an error.
 * The JDK's own stream takes a damaged second member for such rubbish and ends silently, and one
 * that follows at a moment when no more bytes are {@code available()} as well.
 */
final class GzipStream extends InputStream {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;

  // Flags, RFC 1952, 2.3.1.
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int filled;
  private long bytesRead;
  private boolean inMember;
  private boolean ended;

  GzipStream(InputStream in) {
    this.in = in;
  }

  /** How many compressed bytes were used. */
  long compressedBytes() {
    return bytesRead - (inMember ? inflater.getRemaining() : filled - next);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    while (!ended && length > 0) {
      if (!inMember && !beginMember()) {
        break;
      }
      int count = inflate(target, from, length);
      if (count > 0) {
        return count;
      }
    }
    return length == 0 ? 0 : -1;
  }

  private boolean beginMember() throws IOException {
    int first = nextByte();
    if (first < 0) {
      ended = true;
      return false;
    }
    if (first == 0 && bytesRead > filled - next + 1) {
      skipPadding();
      return false;
    }
    readHeader(first);
    inflater.reset();
    inflater.setInput(buffer, next, filled - next);
    checksum.reset();
    inMember = true;
    return true;
  }

  private void skipPadding() throws IOException {
    int padding = 0;
    while (padding == 0) {
      padding = nextByte();
    }
    if (padding > 0) {
      throw new IOException("not gzip: neither a member nor padding");
    }
    ended = true;
  }

  private void readHeader(int first) throws IOException {
    if (first != MAGIC_1 || need() != MAGIC_2 || need() != DEFLATE) {
      throw new IOException("not gzip: a member does not begin with 1f 8b 08");
    }
    int flags = need();
    skip(6); // modification time, extra flags, operating system
    if ((flags & EXTRA) != 0) {
      skip(need() | need() << 8);
    }
    skipText(flags & NAME);
    skipText(flags & COMMENT);
    skip((flags & HEADER_CHECKSUM) != 0 ? 2 : 0);
  }

  private void skip(int count) throws IOException {
    for (int left = count; left > 0; left--) {
      need();
    }
  }

  private void skipText(int present) throws IOException {
    while (present != 0 && need() != 0) {
      // up to and including the closing zero
    }
  }

  /** Some bytes, or 0 at the end of the member. */
  private int inflate(byte[] target, int from, int length) throws IOException {
    try {
      int count = inflater.inflate(target, from, length);
      while (count == 0 && !inflater.finished()) {
        feed();
        count = inflater.inflate(target, from, length);
      }
      checksum.update(target, from, count);
      if (count == 0) {
        endMember();
      }
      return count;
    } catch (DataFormatException e) {
      throw new IOException("damaged gzip data: " + e.getMessage(), e);
    }
  }

  private void feed() throws IOException {
    if (inflater.needsDictionary()) {
      throw new IOException("damaged gzip data: asks for a dictionary");
    }
    next = filled;
    fill();
    inflater.setInput(buffer, next, filled - next);
  }

  private void endMember() throws IOException {
    next = filled - inflater.getRemaining();
    inMember = false;
    long expectedChecksum = needInt();
    long expectedLength = needInt();
    if (expectedChecksum != checksum.getValue()
        || expectedLength != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new IOException("damaged gzip data: wrong checksum or length");
    }
  }

  private long needInt() throws IOException {
    return need() | need() << 8 | need() << 16 | (long) need() << 24;
  }

  private int need() throws IOException {
    int value = nextByte();
    if (value < 0) {
      throw new EOFException("gzip data ends too early");
    }
    return value;
  }

  private int nextByte() throws IOException {
    if (next == filled) {
      int count = in.read(buffer, 0, buffer.length);
      if (count <= 0) {
        return -1;
      }
      received(count);
    }
    return buffer[next++] & 0xff;
  }

  private void fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    if (count <= 0) {
      throw new EOFException("gzip data ends too early");
    }
    received(count);
  }

  private void received(int count) {
    next = 0;
    filled = count;
    bytesRead += count;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
