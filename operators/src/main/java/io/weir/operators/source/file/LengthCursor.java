package io.weir.operators.source.file;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that stand behind their lengths. A record's position is its number, from 1. A file
 * that ends inside a record fails: what is missing may have been written elsewhere, or be lost.
 */
final class LengthCursor implements Cursor {

  private static final int BUFFER_BYTES = 128 * 1024;

  private final FileInput input;
  private final InputStream in;
  private final int maxBytes;
  private long offset;
  private long number;

  private LengthCursor(FileInput input, Position from, int maxBytes) {
    this.input = input;
    this.in = new BufferedInputStream(input, BUFFER_BYTES);
    this.maxBytes = maxBytes;
    offset = from.offset();
    number = from.number();
  }

  static Cursor open(String name, Position from, int maxBytes) throws IOException {
    return new LengthCursor(FileInput.open(name, from.offset()), from, maxBytes);
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    byte[] prefix = in.readNBytes(Integer.BYTES);
    if (prefix.length == 0) {
      return null;
    }
    if (prefix.length < Integer.BYTES) {
      throw endsInside();
    }
    long length = length(prefix);
    byte[] bytes = in.readNBytes((int) Math.min(length, maxBytes));
    skip(length - bytes.length);
    offset += Integer.BYTES + length;
    number++;
    return length > maxBytes
        ? RawRecord.oversized(input.name(), number, bytes)
        : RawRecord.data(input.name(), number, bytes);
  }

  private static long length(byte[] prefix) {
    long length = 0;
    for (byte each : prefix) {
      length = (length << Byte.SIZE) | (each & 0xff);
    }
    return length;
  }

  private void skip(long bytes) throws IOException {
    try {
      in.skipNBytes(bytes);
    } catch (EOFException e) {
      throw endsInside();
    }
  }

  private IOException endsInside() {
    return new EOFException(
        "%s ends inside record %d, which begins at byte %d"
            .formatted(input.name(), number + 1, offset));
  }

  @Override
  public Position position() {
    return new Position(offset, 0, number);
  }

  @Override
  public long workDone() {
    return input.fileBytes();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
