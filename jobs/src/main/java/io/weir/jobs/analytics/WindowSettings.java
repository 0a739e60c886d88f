package io.weir.jobs.analytics;

import io.weir.jobs.settings.Section;
import io.weir.operators.window.Windowing;
import java.time.Duration;

/**
 * Reads {@code window}: {@code {tumbling: 1min}}, {@code {hopping: {size: 1h, every: 5min}}} or
 * {@code {session: 30min}}.
 */
final class WindowSettings {

  private static final Windowing STAND_IN = Windowing.tumbling(Duration.ofMinutes(1));

  private WindowSettings() {}

  static Windowing read(Section window) {
    Windowing windowing =
        switch (window.exactlyOneOf("tumbling", "hopping", "session")) {
          case "hopping" -> hopping(window.section("hopping"));
          case "session" -> of(window, "session", Windowing::session);
          // No key is left where none, or more than one, was given.
          default ->
              window.keys().isEmpty() ? STAND_IN : of(window, "tumbling", Windowing::tumbling);
        };
    window.done();
    return windowing;
  }

  private static Windowing of(Section window, String key, Kind kind) {
    Duration length = window.positiveDuration(key);
    return length.isZero() ? STAND_IN : kind.of(length);
  }

  private static Windowing hopping(Section hopping) {
    Duration size = hopping.positiveDuration("size");
    Duration every = hopping.positiveDuration("every");
    hopping.done();
    if (size.isZero() || every.isZero()) {
      return STAND_IN;
    }
    try {
      return Windowing.hopping(size, every);
    } catch (IllegalArgumentException e) {
      hopping.problem("every", String.valueOf(e.getMessage()));
      return STAND_IN;
    }
  }

  private interface Kind {
    Windowing of(Duration length);
  }
}
