package io.weir.jobs.encoding;

import java.time.LocalDate;

/**
 * Instants as ISO 8601 text in UTC, in the form that {@link java.time.Instant#toString()} has: as
 * many groups of three fractional digits as the instant needs. Owned by one thread: the date of the
 * last instant is kept, because most instants share it with the one before.
 */
public final class TimeText {

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  private final StringBuilder text = new StringBuilder(32);
  private long day = Long.MIN_VALUE;
  private String date = "";

  /** The text of an instant in microseconds since 1970-01-01T00:00:00Z. */
  public String of(long micros) {
    long second = Math.floorDiv(micros, MICROS_PER_SECOND);
    int fraction = (int) Math.floorMod(micros, MICROS_PER_SECOND);
    int secondOfDay = (int) Math.floorMod(second, SECONDS_PER_DAY);
    text.setLength(0);
    text.append(dateOf(Math.floorDiv(second, SECONDS_PER_DAY))).append('T');
    digits(secondOfDay / 3600, 10);
    text.append(':');
    digits(secondOfDay / 60 % 60, 10);
    text.append(':');
    digits(secondOfDay % 60, 10);
    appendFraction(fraction);
    return text.append('Z').toString();
  }

  private String dateOf(long epochDay) {
    if (epochDay != day) {
      date = LocalDate.ofEpochDay(epochDay).toString();
      day = epochDay;
    }
    return date;
  }

  private void appendFraction(int micros) {
    if (micros != 0) {
      text.append('.');
      digits(micros / 1000, 100);
      if (micros % 1000 != 0) {
        digits(micros % 1000, 100);
      }
    }
  }

  private void digits(int value, int highest) {
    for (int unit = highest; unit > 0; unit /= 10) {
      text.append((char) ('0' + value / unit % 10));
    }
  }
}
