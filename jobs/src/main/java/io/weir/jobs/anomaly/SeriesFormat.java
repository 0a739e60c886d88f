package io.weir.jobs.anomaly;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.source.file.Framing;
import java.io.IOException;

/** What a file of a series looks like: CSV, a timestamp as any text, a value as a number. */
final class SeriesFormat {

  static final String HEADER = "timestamp,value";

  private static final char SEPARATOR = ',';
  private static final char QUOTE = '"';
  private static final int MOST_SHOWN = 100;

  private SeriesFormat() {}

  static Framing framing() {
    return Framing.csv(SEPARATOR, QUOTE, SeriesFormat::checkHeader);
  }

  private static void checkHeader(String file, byte[] record) throws IOException {
    String header = new String(record, UTF_8);
    if (!header.replace("\"", "").equals(HEADER)) {
      throw new IOException(
          "the header of " + file + " is " + shown(header) + ", expected is " + HEADER);
    }
  }

  /**
   * The value of a row.
   *
   * @return NaN where the value is empty or {@code NaN}: it is missing
   */
  static double value(byte[] row) throws BrokenRecordException {
    String text = new String(row, UTF_8);
    int separator = text.lastIndexOf(SEPARATOR);
    if (separator < 0) {
      throw new BrokenRecordException("one field where there are two columns");
    }
    if (!isOneField(text.substring(0, separator))) {
      throw new BrokenRecordException("more fields than the two columns");
    }
    return number(unquoted(text.substring(separator + 1)));
  }

  private static boolean isOneField(String text) {
    return text.indexOf(SEPARATOR) < 0 || !unquoted(text).equals(text);
  }

  private static String unquoted(String field) {
    int last = field.length() - 1;
    return last > 0 && field.charAt(0) == QUOTE && field.charAt(last) == QUOTE
        ? field.substring(1, last)
        : field;
  }

  private static double number(String text) throws BrokenRecordException {
    if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    // Java's own syntax takes more than people mean: 5d, 0x1p3, Infinity.
    if (text.length() > MOST_SHOWN || !text.chars().allMatch(SeriesFormat::isOfNumbers)) {
      throw notANumber(text);
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw notANumber(text);
    }
  }

  private static boolean isOfNumbers(int c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }

  private static BrokenRecordException notANumber(String text) {
    return new BrokenRecordException("value: expected is a number, found \"" + shown(text) + '"');
  }

  private static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }
}
