package io.weir.jobs.formats;

import io.weir.operators.intake.BrokenRecordException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of one access log line after another without copying them. A field is known by
 * its place in {@link ApacheCombinedDecoder#SCHEMA}.
 */
final class ApacheLine {

  static final int HOST = 0;
  static final int IDENT = 1;
  static final int USER = 2;
  static final int TIME = 3;
  static final int METHOD = 4;
  static final int URL = 5;
  static final int PROTOCOL = 6;
  static final int STATUS = 7;
  static final int BYTES = 8;
  static final int REFERER = 9;
  static final int AGENT = 10;

  private static final int FIELDS = 11;
  private static final int MAX_DIGITS = 18;
  private static final int NOTHING = -1;
  private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

  private final int[] starts = new int[FIELDS];
  private final int[] ends = new int[FIELDS];
  private final long[] numbers = new long[FIELDS];
  private final ApacheTime times = new ApacheTime();
  private byte[] line = new byte[0];
  private int at;
  private boolean escapes;

  /**
   * Reads a line; its fields are there until the next one is read.
   *
   * @throws BrokenRecordException if it is not in the combined format
   */
  void read(byte[] bytes) throws BrokenRecordException {
    line = bytes;
    at = 0;
    escapes = false;
    readWord(HOST);
    readWord(IDENT);
    readUser();
    readTime();
    readQuoted(URL);
    splitRequest();
    readNumber(STATUS);
    readNumber(BYTES);
    readQuoted(REFERER);
    readQuoted(AGENT);
    if (at <= line.length) {
      throw broken(AGENT, "is followed by something else");
    }
  }

  boolean isNull(int field) {
    return ends[field] == NOTHING;
  }

  /** The time's microseconds, the status or the bytes; 0 where the line has none. */
  long number(int field) {
    return numbers[field];
  }

  /** The field as text, or null where the line has none. */
  @Nullable String text(int field) {
    int start = starts[field];
    int end = ends[field];
    if (end == NOTHING) {
      return null;
    }
    return escapes && hasBackslash(start, end)
        ? unescaped(start, end)
        : new String(line, start, end - start, StandardCharsets.UTF_8);
  }

  // A user may hold spaces, so only the bracket of the time ends it.
  private void readUser() throws BrokenRecordException {
    int start = at;
    int end = start + 1;
    while (end < line.length - 1 && !(line[end] == ' ' && line[end + 1] == '[')) {
      end++;
    }
    if (end >= line.length - 1) {
      throw broken(USER, "is not followed by a time in brackets");
    }
    setText(USER, start, end);
    at = end + 1;
  }

  private void readWord(int field) throws BrokenRecordException {
    int end = at;
    while (end < line.length && line[end] != ' ') {
      end++;
    }
    if (end == at || end == line.length) {
      throw broken(field, end == at ? "is missing" : "is not followed by a space");
    }
    setText(field, at, end);
    at = end + 1;
  }

  private void readTime() throws BrokenRecordException {
    int start = at + 1;
    int end = start + ApacheTime.LENGTH;
    boolean framed =
        end + 1 < line.length && line[at] == '[' && line[end] == ']' && line[end + 1] == ' ';
    long micros = framed ? times.parse(line, start) : Instants.INVALID;
    if (micros == Instants.INVALID) {
      throw broken(TIME, "is not like [17/May/2015:10:05:03 +0000]");
    }
    starts[TIME] = start;
    ends[TIME] = end;
    numbers[TIME] = micros;
    at = end + 2;
  }

  private void readQuoted(int field) throws BrokenRecordException {
    if (at >= line.length || line[at] != '"') {
      throw broken(field, "has no opening quote");
    }
    int start = at + 1;
    int end = closingQuote(start);
    if (end >= line.length) {
      throw broken(field, "has no closing quote");
    }
    setText(field, start, end);
    endField(field, end + 1);
  }

  private int closingQuote(int from) {
    int end = QuoteScan.next(line, from);
    while (end < line.length && line[end] == '\\') {
      escapes = true;
      end = QuoteScan.next(line, Math.min(end + 2, line.length));
    }
    return end;
  }

  private void readNumber(int field) throws BrokenRecordException {
    int start = at;
    int end = start;
    long number = 0;
    while (end < line.length && line[end] >= '0' && line[end] <= '9') {
      number = number * 10 + (line[end] - '0');
      end++;
    }
    boolean none = end == start && end < line.length && line[end] == '-';
    if (end - start > MAX_DIGITS || (end == start && !none)) {
      throw broken(field, "is no number");
    }
    numbers[field] = number;
    starts[field] = start;
    ends[field] = none ? NOTHING : end;
    endField(field, none ? end + 1 : end);
  }

  // One past the line's end means that the line ended with the field.
  private void endField(int field, int end) throws BrokenRecordException {
    if (end < line.length && line[end] != ' ') {
      throw broken(field, "is not followed by a space");
    }
    at = end + 1;
  }

  private void setText(int field, int start, int end) {
    boolean none = end - start == 1 && line[start] == '-';
    starts[field] = start;
    ends[field] = none ? NOTHING : end;
  }

  // The request as a whole is in URL: either it is taken apart or it stays there as it is.
  private void splitRequest() {
    int start = starts[URL];
    int end = at - 2;
    int urlStart = methodEnd(start, end) + 1;
    int urlEnd = end - 1;
    while (urlEnd > urlStart && line[urlEnd] != ' ') {
      urlEnd--;
    }
    ends[URL] = end;
    ends[METHOD] = NOTHING;
    ends[PROTOCOL] = NOTHING;
    if (urlStart > start + 1 && urlEnd > urlStart && isHttp(urlEnd + 1, end)) {
      starts[METHOD] = start;
      ends[METHOD] = urlStart - 1;
      starts[URL] = urlStart;
      ends[URL] = urlEnd;
      starts[PROTOCOL] = urlEnd + 1;
      ends[PROTOCOL] = end;
    }
  }

  /** The space behind the method, or the byte before the start if there is no method. */
  private int methodEnd(int start, int end) {
    int i = start;
    while (i < end && isMethodByte(line[i])) {
      i++;
    }
    return i > start && i < end && line[i] == ' ' ? i : start - 1;
  }

  private static boolean isMethodByte(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '-' || b == '_';
  }

  private boolean isHttp(int start, int end) {
    for (int i = 0; i < HTTP.length; i++) {
      if (start + i >= end || line[start + i] != HTTP[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean hasBackslash(int start, int end) {
    for (int i = start; i < end; i++) {
      if (line[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private String unescaped(int start, int end) {
    byte[] out = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      boolean escape =
          line[i] == '\\' && i + 1 < end && (line[i + 1] == '"' || line[i + 1] == '\\');
      i += escape ? 1 : 0;
      out[length++] = line[i];
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static BrokenRecordException broken(int field, String problem) {
    String name = ApacheCombinedDecoder.SCHEMA.column(field).name();
    String what = field == URL ? "request" : name;
    return new BrokenRecordException("the " + what + " " + problem);
  }
}
