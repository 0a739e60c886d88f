package io.weir.jobs.input;

import io.weir.jobs.settings.Section;
import io.weir.operators.intake.TimeLimits;

/**
 * Reads the limits in {@code time}: {@code {lateness: 60s, max-ahead: 1h, idle: 30s, hold: {rows:
 * 256, for: 10s}}}, all with these defaults; {@link TimeLimits} says what each does.
 */
final class TimeLimitSettings {

  private static final int MOST_HELD_ROWS = 100_000;

  private TimeLimitSettings() {}

  /**
   * Reads the limits.
   *
   * @param defaults where the settings give none
   */
  static TimeLimits read(Section time, TimeLimits defaults) {
    Section hold = time.sectionOrEmpty("hold");
    TimeLimits limits =
        new TimeLimits(
            time.duration("lateness", defaults.lateness()),
            time.duration("max-ahead", defaults.maxAhead()),
            time.duration("idle", defaults.idle()),
            (int) hold.integer("rows", defaults.holdRows(), 1, MOST_HELD_ROWS),
            hold.duration("for", defaults.holdFor()));
    hold.done();
    return limits;
  }
}
