package io.weir.jobs.formats;

/**
 * Reads the time of Apache logs, {@code 17/May/2015:10:05:03 +0000}. Lines of one day follow each
 * other, so the last day is remembered.
 */
final class ApacheTime {

  /** How many bytes such a time has. */
  static final int LENGTH = 26;

  private static final int[] MONTHS = {
    packed("Jan"), packed("Feb"), packed("Mar"), packed("Apr"), packed("May"), packed("Jun"),
    packed("Jul"), packed("Aug"), packed("Sep"), packed("Oct"), packed("Nov"), packed("Dec")
  };

  private int lastDate;
  private int lastMonth;
  private long lastEpochDay = Instants.INVALID;

  private static int packed(String month) {
    return month.charAt(0) << 16 | month.charAt(1) << 8 | month.charAt(2);
  }

  /**
   * The instant in the {@link #LENGTH} bytes from a position on, which must exist.
   *
   * @return microseconds since 1970, or {@link Instants#INVALID}
   */
  long parse(byte[] line, int at) {
    long day = epochDay(line, at);
    int hour = two(line, at + 12);
    int minute = two(line, at + 15);
    int second = two(line, at + 18);
    long offset = offset(line, at + 20);
    if (day == Instants.INVALID
        || offset == Instants.INVALID
        || (hour | minute | second) < 0
        || hour > 23
        || minute > 59
        || second > 59
        || !hasSeparators(line, at)) {
      return Instants.INVALID;
    }
    long seconds = day * 86_400 + hour * 3_600L + minute * 60L + second - offset;
    return Instants.checked(seconds * 1_000_000);
  }

  private static boolean hasSeparators(byte[] line, int at) {
    return line[at + 2] == '/'
        && line[at + 6] == '/'
        && line[at + 11] == ':'
        && line[at + 14] == ':'
        && line[at + 17] == ':'
        && line[at + 20] == ' ';
  }

  private long epochDay(byte[] line, int at) {
    int day = two(line, at);
    int century = two(line, at + 7);
    int yearOfCentury = two(line, at + 9);
    if ((day | century | yearOfCentury) < 0) {
      return Instants.INVALID;
    }
    int month = (line[at + 3] & 0xff) << 16 | (line[at + 4] & 0xff) << 8 | (line[at + 5] & 0xff);
    int date = (century * 100 + yearOfCentury) * 100 + day;
    if (date != lastDate || month != lastMonth) {
      lastEpochDay = Instants.epochDay(date / 100, monthOf(month), day);
      lastDate = date;
      lastMonth = month;
    }
    return lastEpochDay;
  }

  private static int monthOf(int packed) {
    for (int i = 0; i < MONTHS.length; i++) {
      if (MONTHS[i] == packed) {
        return i + 1;
      }
    }
    return 0;
  }

  private static long offset(byte[] line, int at) {
    boolean west = line[at + 1] == '-';
    return west || line[at + 1] == '+'
        ? Instants.offset(west, two(line, at + 2), two(line, at + 4))
        : Instants.INVALID;
  }

  private static int two(byte[] line, int at) {
    int tens = line[at] - '0';
    int ones = line[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }
}
