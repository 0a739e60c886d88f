package io.weir.operators.epoch.stamp;

import java.util.HexFormat;

/**
 * A {@link Stamp} as a line of JSON, always with the same keys in the same order and no spaces:
 *
 * <pre>{"record":"a.log@7","operator":"where","subtask":0,"epoch":4,"version":2,"job":"9c1e",
 * "attempt":0,"restored":0}</pre>
 */
public final class StampLine {

  private static final String ALLOWED =
      "{\"record\":TEXT,\"operator\":TEXT,\"subtask\":NUMBER,\"epoch\":NUMBER,\"version\":NUMBER,"
          + "\"job\":TEXT,\"attempt\":NUMBER,\"restored\":NUMBER}";

  private final String line;
  private int at;

  private StampLine(String line) {
    this.line = line;
  }

  /** Writes a stamp, without the end of the line. */
  public static String encode(Stamp stamp) {
    StringBuilder out = new StringBuilder(160).append("{\"record\":");
    quote(stamp.record(), out);
    out.append(",\"operator\":");
    quote(stamp.operator(), out);
    out.append(",\"subtask\":").append(stamp.subtask());
    out.append(",\"epoch\":").append(stamp.epoch());
    out.append(",\"version\":").append(stamp.version());
    out.append(",\"job\":");
    quote(stamp.job(), out);
    out.append(",\"attempt\":").append(stamp.attempt());
    return out.append(",\"restored\":").append(stamp.restored()).append('}').toString();
  }

  // RFC 8259, section 7.
  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(Character.forDigit(c >> 4, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not one that {@link #encode} makes; says what was
   *     found and what is allowed
   */
  public static Stamp decode(String line) {
    return new StampLine(line).stamp();
  }

  private Stamp stamp() {
    Stamp stamp =
        new Stamp(
            text("{\"record\":"),
            text(",\"operator\":"),
            (int) number(",\"subtask\":", Integer.MAX_VALUE),
            number(",\"epoch\":", Long.MAX_VALUE),
            number(",\"version\":", Long.MAX_VALUE),
            text(",\"job\":"),
            (int) number(",\"attempt\":", Integer.MAX_VALUE),
            number(",\"restored\":", Long.MAX_VALUE));
    expect("}");
    if (at != line.length()) {
      throw unexpected();
    }
    return stamp;
  }

  private void expect(String literal) {
    if (!line.startsWith(literal, at)) {
      throw unexpected();
    }
    at += literal.length();
  }

  private long number(String key, long most) {
    expect(key);
    int start = at;
    while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
      at++;
    }
    try {
      long number = Long.parseLong(line, start, at, 10);
      if (number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below: there is none, or it is too long.
    }
    at = start;
    throw unexpected();
  }

  private String text(String key) {
    expect(key);
    expect("\"");
    int start = at;
    while (at < line.length() && line.charAt(at) != '"') {
      if (line.charAt(at) == '\\') {
        return escaped(start);
      }
      at++;
    }
    String text = line.substring(start, at);
    expect("\"");
    return text;
  }

  private String escaped(int start) {
    StringBuilder text = new StringBuilder().append(line, start, at);
    while (at < line.length() && line.charAt(at) != '"') {
      char c = line.charAt(at++);
      text.append(c == '\\' ? escape() : c);
    }
    expect("\"");
    return text.toString();
  }

  private char escape() {
    char c = at < line.length() ? line.charAt(at++) : ' ';
    if (c == '"' || c == '\\') {
      return c;
    }
    int end = at + 4;
    if (c == 'u' && end <= line.length()) {
      try {
        char code = (char) HexFormat.fromHexDigits(line, at, end);
        at = end;
        return code;
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw unexpected();
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException(
        "found '%s' at character %d; allowed: %s"
            .formatted(shortened(line.substring(Math.min(at, line.length()))), at + 1, ALLOWED));
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
