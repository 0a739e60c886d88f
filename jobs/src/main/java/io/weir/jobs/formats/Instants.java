package io.weir.jobs.formats;

import java.time.LocalDate;

/**
 * Instants as microseconds since 1970, read digit by digit without making objects. Only the years 1
 * to 9999 exist; what lies outside is taken for an error.
 */
final class Instants {

  /** Stands for text that is no instant. */
  static final long INVALID = Long.MIN_VALUE;

  static final long MIN_MICROS = secondsOf(1, 1, 1) * 1_000_000;
  static final long MAX_MICROS = secondsOf(10_000, 1, 1) * 1_000_000 - 1;

  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Instants() {}

  private static long secondsOf(int year, int month, int day) {
    return LocalDate.of(year, month, day).toEpochDay() * 86_400;
  }

  /** The value itself, or {@link #INVALID} where it lies outside the years 1 to 9999. */
  static long checked(long micros) {
    return micros < MIN_MICROS || micros > MAX_MICROS ? INVALID : micros;
  }

  /** Days since 1970, or {@link #INVALID} for a day that no calendar has. */
  static long epochDay(int year, int month, int day) {
    boolean possible =
        year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
    return possible ? civilDay(year, month, day) : INVALID;
  }

  private static int daysOf(int year, int month) {
    return month == 2 && isLeap(year) ? 29 : DAYS[month - 1];
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  // The proleptic Gregorian calendar, counted in years that begin in March, so that the leap day is
  // the last day of its year.
  private static long civilDay(int year, int month, int day) {
    long y = month > 2 ? year : year - 1;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
  }

  /**
   * The instant in a piece of text by ISO 8601, extended form: a date, optionally T or a space and
   * hours and minutes, optionally seconds with a fraction, optionally Z or an offset. What stands
   * without a zone counts as UTC; digits beyond microseconds are cut off.
   *
   * @return microseconds since 1970, or {@link #INVALID}
   */
  static long parseIso(char[] text, int from, int length) {
    int end = from + length;
    if (length < 10 || text[from + 4] != '-' || text[from + 7] != '-') {
      return INVALID;
    }
    int year = digits(text, from, 4);
    long day = epochDay(year, digits(text, from + 5, 2), digits(text, from + 8, 2));
    if (day == INVALID || length == 10) {
      return day == INVALID ? INVALID : day * 86_400_000_000L;
    }
    return parseTimeOfDay(text, from + 10, end, day * 86_400);
  }

  private static long parseTimeOfDay(char[] text, int from, int end, long midnightSeconds) {
    boolean separated = text[from] == 'T' || text[from] == 't' || text[from] == ' ';
    if (!separated || end - from < 6 || text[from + 3] != ':') {
      return INVALID;
    }
    int hour = digits(text, from + 1, 2);
    int minute = digits(text, from + 4, 2);
    int at = from + 6;
    int second = 0;
    long micros = 0;
    if (at < end && text[at] == ':') {
      second = end - at < 3 ? -1 : digits(text, at + 1, 2);
      at += 3;
      if (at < end && (text[at] == '.' || text[at] == ',')) {
        int fractionEnd = endOfDigits(text, at + 1, end);
        micros = fractionEnd == at + 1 ? -1 : fraction(text, at + 1, fractionEnd);
        at = fractionEnd;
      }
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return INVALID;
    }
    long offset = micros < 0 ? INVALID : parseOffset(text, at, end);
    if (offset == INVALID) {
      return INVALID;
    }
    long seconds = midnightSeconds + hour * 3_600L + minute * 60L + second - offset;
    return checked(seconds * 1_000_000 + micros);
  }

  /** The seconds east of Greenwich: nothing, Z, +hh, +hhmm or +hh:mm. */
  private static long parseOffset(char[] text, int from, int end) {
    int length = end - from;
    if (length <= 0) {
      return length == 0 ? 0 : INVALID;
    }
    if (text[from] == 'Z' || text[from] == 'z') {
      return length == 1 ? 0 : INVALID;
    }
    boolean colon = length == 6 && text[from + 3] == ':';
    boolean signed = text[from] == '+' || text[from] == '-';
    if (!signed || !(colon || length == 5 || length == 3)) {
      return INVALID;
    }
    int hours = digits(text, from + 1, 2);
    int minutes = length == 3 ? 0 : digits(text, end - 2, 2);
    return offset(text[from] == '-', hours, minutes);
  }

  /** Seconds east of Greenwich, or {@link #INVALID} beyond the 18 hours that the JDK allows too. */
  static long offset(boolean west, int hours, int minutes) {
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
      return INVALID;
    }
    long seconds = hours * 3_600L + minutes * 60L;
    return west ? -seconds : seconds;
  }

  private static int endOfDigits(char[] text, int from, int end) {
    int at = from;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }

  private static long fraction(char[] text, int from, int end) {
    long micros = 0;
    for (int i = 0; i < 6; i++) {
      micros = micros * 10 + (from + i < end ? text[from + i] - '0' : 0);
    }
    return micros;
  }

  private static int digits(char[] text, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
