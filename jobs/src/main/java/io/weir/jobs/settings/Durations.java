package io.weir.jobs.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and a unit; up to about 10,000 years. */
public final class Durations {

  /** What is allowed, for messages. */
  public static final String SYNTAX =
      "a whole number and ms, s, min, h or d, such as 30s, up to 3650000d";

  // So that neither milliseconds nor instants of the years 1 to 9999 overflow by one.
  private static final Duration LONGEST = Duration.ofDays(3_650_000);

  private static final Pattern PATTERN = Pattern.compile("(\\d{1,12})\\s*(ms|s|min|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /** The duration, or nothing if the text is not one. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = PATTERN.matcher(text.strip());
    return matcher.matches()
        ? Optional.ofNullable(UNITS.get(matcher.group(2)))
            .map(unit -> unit.multipliedBy(Long.parseLong(matcher.group(1))))
            .filter(duration -> duration.compareTo(LONGEST) <= 0)
        : Optional.empty();
  }
}
