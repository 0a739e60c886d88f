package io.weir.operators.source.file;

import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where the records of a file begin and end. */
public interface Framing extends Serializable {

  /**
   * Begins to read a file. From the start, what the file says about its records is checked first.
   *
   * @param name the file's, for {@link FileInput#open}; the origin of every record
   * @param from the start or where another cursor of this framing was
   * @param maxBytes a record longer than this is cut to it and marked as oversized
   * @throws IOException if the file cannot be read or holds other records than expected
   */
  Cursor open(String name, Position from, int maxBytes) throws IOException;

  /**
   * One record a line, ended by a line feed, a carriage return before it left out; the last line
   * may lack it. Empty lines are counted but not delivered; so is a byte order mark left out.
   */
  static Framing lines() {
    return (name, from, maxBytes) -> TextCursor.open(name, from, new LineEnds(), null, maxBytes);
  }

  /**
   * CSV (RFC 4180): lines, except that a field that begins with a quote may hold line feeds.
   *
   * @param separator between fields, such as a comma
   * @param quote around fields, such as a double quote
   * @param header checks the first record of each file, which names the columns and is not
   *     delivered; it may be a mebibyte long whatever the bound of records is. A file without any
   *     record needs none. Null: files have no header
   */
  static Framing csv(char separator, char quote, @Nullable FileHeader header) {
    byte separatorByte = ascii(separator);
    byte quoteByte = ascii(quote);
    return (name, from, maxBytes) ->
        TextCursor.open(name, from, new CsvEnds(separatorByte, quoteByte), header, maxBytes);
  }

  /** Each record behind its length in bytes: 32 bits without sign, big-endian. */
  static Framing lengths() {
    return LengthCursor::open;
  }

  private static byte ascii(char c) {
    if (c >= 0x80 || c == '\n' || c == '\r') {
      throw new IllegalArgumentException("'" + c + "' cannot separate or quote fields");
    }
    return (byte) c;
  }
}
