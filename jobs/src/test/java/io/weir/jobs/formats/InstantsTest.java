package io.weir.jobs.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

  private static long parse(String text) {
    char[] padded = ("##" + text + "##").toCharArray();
    return Instants.parseIso(padded, 2, text.length());
  }

  private static long micros(Instant instant) {
    return Math.addExact(instant.getEpochSecond() * 1_000_000, instant.getNano() / 1_000);
  }

  @ParameterizedTest
  @CsvSource({
    "2015-05-17T10:05:03Z, 2015-05-17T10:05:03Z",
    "2015-05-17t10:05:03z, 2015-05-17T10:05:03Z",
    "2015-05-17 10:05:03, 2015-05-17T10:05:03Z",
    "2015-05-17T10:05:03.5+02:00, 2015-05-17T08:05:03.5Z",
    "'2015-05-17T10:05:03,123456789-0130', 2015-05-17T11:35:03.123456Z",
    "2015-05-17T10:05+02, 2015-05-17T08:05:00Z",
    "2015-05-17T10:05, 2015-05-17T10:05:00Z",
    "2015-05-17, 2015-05-17T00:00:00Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
    "2016-02-29T00:00:00Z, 2016-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
  })
  void readsInstants(String text, String expected) {
    assertThat(parse(text)).isEqualTo(micros(Instant.parse(expected)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2015",
        "2015-05-1",
        "2015-05-17T",
        "2015-05-17T10",
        "2015-05-17T10:",
        "20150517",
        "2015-05-17T10:05:",
        "2015-05-17T10:05:0",
        "2015-05-17T10:05:03.",
        "2015-05-17T10:05:03.Z",
        "2015-05-17T10:05:03+",
        "2015-05-17T10:05:03+2",
        "2015-05-17T10:05:03+02:",
        "2015/05/17",
        "2015-05-17T10:05:03ZZ",
        "2015-05-17T10:05:03 Z",
        "2015-05-17X10:05:03",
        "2015-13-01",
        "2015-00-10",
        "2015-02-29",
        "1900-02-29",
        "2015-04-31",
        "2015-05-00",
        "2015-05-17T24:00:00",
        "2015-05-17T10:60:00",
        "2015-05-17T10:05:60",
        "2015-05-17T10:05:03+19:00",
        "2015-05-17T10:05:03+02:60",
        "0000-12-31T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "-015-05-17",
        "2015-05-17T-1:05:03",
        "2015-05-1\u0667",
        "2015-05-17T10:05:03+02-00",
        "2015-05-17T10.05"
      })
  void refusesWhatIsNoInstant(String text) {
    assertThat(parse(text)).isEqualTo(Instants.INVALID);
  }

  @Test
  void agreesWithTheJdkOnEveryDay() {
    for (LocalDate day = LocalDate.of(1, 1, 1); day.getYear() < 10_000; day = day.plusDays(1)) {
      long epochDay = Instants.epochDay(day.getYear(), day.getMonthValue(), day.getDayOfMonth());

      if (epochDay != day.toEpochDay()) {
        throw new AssertionError(day + " is not " + epochDay);
      }
    }
  }

  @Test
  void agreesWithTheJdkOnMangledText() {
    Random random = new Random(7);
    String alphabet = "0123456789-:.TZ+ ";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder("2015-02-28T10:05:03.250+02:00");
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String mangled = text.toString();

      if (parse(mangled) != jdk(mangled)) {
        throw new AssertionError(mangled + " is not " + parse(mangled));
      }
    }
  }

  /** What the JDK reads, in the forms that it shares with us: one date, T or space, an offset. */
  private static long jdk(String text) {
    try {
      String ours =
          text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
      Instant instant =
          ours.endsWith("Z") || ours.lastIndexOf('+') > 10 || ours.lastIndexOf('-') > 10
              ? OffsetDateTime.parse(ours).toInstant()
              : LocalDateTime.parse(ours).toInstant(ZoneOffset.UTC);
      return ours.startsWith("0000") || ours.startsWith("-") || ours.startsWith("+")
          ? Instants.INVALID
          : micros(instant);
    } catch (DateTimeException e) {
      return Instants.INVALID;
    }
  }

  @Test
  void convertsUnitsDownwards() {
    assertThat(TimeSettings.Unit.S.toMicros(-1)).isEqualTo(-1_000_000);
    assertThat(TimeSettings.Unit.MS.toMicros(1_431_857_103_123L)).isEqualTo(1_431_857_103_123_000L);
    assertThat(TimeSettings.Unit.US.toMicros(5)).isEqualTo(5);
    assertThat(TimeSettings.Unit.NS.toMicros(-1)).isEqualTo(-1);
    assertThat(TimeSettings.Unit.NS.toMicros(1_999)).isEqualTo(1);
  }

  @Test
  void refusesInstantsBeyondTheYears1To9999() {
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();

    assertThat(TimeSettings.Unit.S.toMicros(last)).isEqualTo(last * 1_000_000);
    assertThat(TimeSettings.Unit.S.toMicros(last + 1)).isEqualTo(Instants.INVALID);
    assertThat(TimeSettings.Unit.S.toMicros(first)).isEqualTo(first * 1_000_000);
    assertThat(TimeSettings.Unit.S.toMicros(first - 1)).isEqualTo(Instants.INVALID);
    for (String unit : new String[] {"S", "MS", "US"}) { // NS end in the year 2262.
      for (long absurd : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1}) {
        assertThat(TimeSettings.Unit.valueOf(unit).toMicros(absurd)).isEqualTo(Instants.INVALID);
      }
    }
  }
}
