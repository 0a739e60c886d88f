package io.weir.jobs.generator;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Writes text of one byte a character, without making strings. */
final class AsciiBuffer {

  private static final long MILLIS_PER_DAY = 86_400_000;

  private final DateTimeFormatter dates;
  private byte[] bytes = new byte[512];
  private int length;
  private long day = Long.MIN_VALUE;
  private byte[] date = {};

  /**
   * Makes an empty buffer.
   *
   * @param datePattern as in {@link DateTimeFormatter}
   */
  AsciiBuffer(String datePattern) {
    dates = DateTimeFormatter.ofPattern(datePattern, Locale.ROOT);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void clear() {
    length = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  AsciiBuffer put(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  AsciiBuffer putNumber(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    reserve(digits);
    putDigits(value, digits);
    return this;
  }

  private void putDigits(long value, int digits) {
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** The day, a separator and {@code HH:mm:ss}, in UTC. */
  AsciiBuffer putSeconds(long epochMillis, char separator) {
    putDate(Math.floorDiv(epochMillis, MILLIS_PER_DAY));
    int seconds = (int) (Math.floorMod(epochMillis, MILLIS_PER_DAY) / 1000);
    reserve(9);
    putPart(separator, seconds / 3600, 2);
    putPart(':', seconds / 60 % 60, 2);
    putPart(':', seconds % 60, 2);
    return this;
  }

  /** A dot and three digits. */
  AsciiBuffer putMillis(long epochMillis) {
    reserve(4);
    putPart('.', Math.floorMod(epochMillis, 1000), 3);
    return this;
  }

  private void putPart(char separator, int value, int digits) {
    bytes[length++] = (byte) separator;
    putDigits(value, digits);
  }

  private void putDate(long epochDay) {
    if (epochDay != day) {
      day = epochDay;
      date = ascii(dates.format(LocalDate.ofEpochDay(epochDay)));
    }
    put(date);
  }

  private void reserve(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (length + count));
    }
  }
}
