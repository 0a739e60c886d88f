package io.weir.operators.source.file;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that end with a line feed. A record's position is the number of its first line,
 * from 1. A record that is too long is cut and the rest of it skipped up to the next line feed, be
 * it quoted or not: behind a quote that was never closed nothing else is left to go by.
 */
final class TextCursor implements Cursor {

  private static final int BUFFER_BYTES = 128 * 1024;
  private static final byte LINE_FEED = '\n';
  private static final byte CARRIAGE_RETURN = '\r';
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private static final int MAX_HEADER_BYTES = 1 << 20;

  private final FileInput input;
  private final RecordEnds ends;

  private byte[] buffer = new byte[BUFFER_BYTES];
  private int maxBytes;
  private int start;
  private int filled;
  private long linesRead;

  private TextCursor(FileInput input, long linesRead, RecordEnds ends, int maxBytes) {
    this.input = input;
    this.linesRead = linesRead;
    this.ends = ends;
    this.maxBytes = maxBytes;
  }

  /** Begins to read; a header, if the file has one, is checked and passed over at once. */
  static TextCursor open(
      String name, Position from, RecordEnds ends, @Nullable FileHeader header, int maxBytes)
      throws IOException {
    FileInput input = FileInput.open(name, from.offset());
    TextCursor cursor = new TextCursor(input, from.number(), ends, maxBytes);
    try {
      if (from.offset() == 0) {
        cursor.begin(header);
      }
      return cursor;
    } catch (IOException e) {
      cursor.close();
      throw e;
    }
  }

  private void begin(@Nullable FileHeader header) throws IOException {
    skipByteOrderMark();
    if (header != null) {
      int bound = maxBytes;
      maxBytes = Math.max(maxBytes, MAX_HEADER_BYTES);
      RawRecord first = next();
      maxBytes = bound;
      if (first != null) {
        header.check(input.name(), first.bytes());
      }
    }
  }

  private void skipByteOrderMark() throws IOException {
    while (filled < BYTE_ORDER_MARK.length && fill()) {
      // a file system may deliver a byte at a time
    }
    int length = Math.min(filled, BYTE_ORDER_MARK.length);
    if (Arrays.equals(buffer, 0, length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
      start = length;
    }
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    while (true) {
      int end = findEnd();
      if (end == start && end == filled) {
        return null;
      }
      // The line feed may only follow the bound directly, or behind a carriage return.
      RawRecord record = contentEnd(end) - start > maxBytes ? cut() : take(end);
      if (record != null) {
        return record;
      }
    }
  }

  /**
   * The index of the line feed; the end of the buffer at the end of the file or where the record is
   * too long.
   */
  private int findEnd() throws IOException {
    ends.begin();
    int from = start;
    while (true) {
      int to = Math.min(filled, start + maxBytes + 2);
      int end = ends.find(buffer, start, from, to);
      if (end >= 0) {
        return end;
      }
      int scanned = to - start;
      if (scanned == maxBytes + 2) {
        return to;
      }
      if (!fill()) {
        return filled;
      }
      from = start + scanned;
    }
  }

  private int contentEnd(int end) {
    return end > start && buffer[end - 1] == CARRIAGE_RETURN ? end - 1 : end;
  }

  private @Nullable RawRecord take(int end) {
    int from = start;
    int to = contentEnd(end);
    long line = linesRead + 1;
    linesRead += 1 + ends.linesInside();
    start = Math.min(filled, end + 1);
    return from == to
        ? null
        : RawRecord.data(input.name(), line, Arrays.copyOfRange(buffer, from, to));
  }

  private RawRecord cut() throws IOException {
    long line = linesRead + 1;
    byte[] firstBytes = Arrays.copyOfRange(buffer, start, start + maxBytes);
    for (byte b : firstBytes) {
      linesRead += b == LINE_FEED ? 1 : 0;
    }
    start += maxBytes;
    skipLine();
    return RawRecord.oversized(input.name(), line, firstBytes);
  }

  private void skipLine() throws IOException {
    linesRead++;
    int end = ByteSearch.indexOf(buffer, start, filled, LINE_FEED);
    while (end < 0) {
      start = filled;
      if (!fill()) {
        return;
      }
      end = ByteSearch.indexOf(buffer, start, filled, LINE_FEED);
    }
    start = end + 1;
  }

  /** Reads more behind what is there; {@link #start} may move. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, filled - start);
    filled -= start;
    start = 0;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int count = input.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, count);
    return count > 0;
  }

  @Override
  public Position position() {
    return new Position(input.offset() - (filled - start), 0, linesRead);
  }

  @Override
  public long workDone() {
    return input.fileBytes();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
