package io.weir.jobs.generator;

/**
 * What kind of event each one is, and its time: what a job that reads the generated stream should
 * find. Pure; may be asked in any order.
 *
 * <p>Among {@link Kind#GOOD} and {@link Kind#DUPLICATE} events in the order of their arrival, also
 * within one lane, no time is more than the disorder before the largest time until then. A late
 * event is behind that by about {@code late-by} more. No event is late among the first {@value
 * #SETTLING} behind the start or a pause: there a clock that follows the stream is not yet where a
 * late event would be late.
 */
public final class Account {

  /** How many events behind the start and each pause are not late. */
  public static final int SETTLING = 256;

  /** How far back the original of a duplicate is searched. */
  static final int LONGEST_REPEAT = 64;

  private static final int KIND = 1;
  private static final int DELAY = 2;

  /** What an event is. */
  public enum Kind {
    /** Valid, new and in time. */
    GOOD,
    /** A good event once more, byte for byte. */
    DUPLICATE,
    /** Older than the disorder allows. */
    LATE,
    /** With a clock far ahead. */
    AHEAD,
    /** Not a valid event. */
    BROKEN
  }

  private final GeneratorSettings settings;
  private final Timeline timeline;
  private final long disorderMillis;
  private final double untilBroken;
  private final double untilAhead;
  private final double untilLate;
  private final double untilDuplicate;

  /**
   * Makes an account.
   *
   * @param settings with a start; without one, {@link GeneratorSettings#FIXED_START} counts
   */
  public Account(GeneratorSettings settings) {
    this.settings = settings;
    timeline = settings.timeline();
    disorderMillis = settings.disorder().toMillis();
    untilBroken = settings.broken();
    untilAhead = untilBroken + settings.ahead().share();
    untilLate = untilAhead + settings.late();
    untilDuplicate = untilLate + settings.duplicates();
  }

  /** What event {@code index} is. */
  public Kind kindOf(long index) {
    Kind kind = drawn(index);
    return kind == Kind.DUPLICATE && originalOf(index) == index ? Kind.GOOD : kind;
  }

  /**
   * The event that event {@code index} repeats: the good one nearest before it, or itself if it is
   * no duplicate or no such event is among the {@value #LONGEST_REPEAT} before it.
   */
  public long originalOf(long index) {
    if (drawn(index) == Kind.DUPLICATE) {
      for (long i = index - 1; i >= Math.max(0, index - LONGEST_REPEAT); i--) {
        if (drawn(i) == Kind.GOOD) {
          return i;
        }
      }
    }
    return index;
  }

  private Kind drawn(long index) {
    if (inBurst(index)) {
      return Kind.AHEAD;
    }
    if (untilDuplicate == 0) {
      return Kind.GOOD;
    }
    double draw = Mix.unit(Mix.bits(settings.seed(), index, KIND));
    if (draw >= untilDuplicate) {
      return Kind.GOOD;
    }
    return draw < untilAhead
        ? (draw < untilBroken ? Kind.BROKEN : Kind.AHEAD)
        : (draw < untilLate ? lateIfSettled(index) : Kind.DUPLICATE);
  }

  private boolean inBurst(long index) {
    for (GeneratorSettings.Burst burst : settings.ahead().bursts()) {
      if (index >= burst.after() && index - burst.after() < burst.events()) {
        return true;
      }
    }
    return false;
  }

  private Kind lateIfSettled(long index) {
    return timeline.eventsSincePause(index) < SETTLING ? Kind.GOOD : Kind.LATE;
  }

  /** When event {@code index} arrives, in milliseconds since 1970. */
  public long arrivalMillis(long index) {
    return timeline.arrivalMillis(index);
  }

  /**
   * The time that event {@code index} bears, in milliseconds since 1970; of a broken one, what it
   * would bear.
   */
  public long timeMillis(long index) {
    long original = originalOf(index);
    long arrival = timeline.arrivalMillis(original);
    return switch (drawn(original)) {
      case LATE -> arrival - disorderMillis - settings.lateBy().toMillis();
      case AHEAD -> arrival + settings.ahead().by().toMillis();
      default -> arrival - delayMillis(original);
    };
  }

  private long delayMillis(long index) {
    return disorderMillis == 0
        ? 0
        : Mix.below(Mix.bits(settings.seed(), index, DELAY), disorderMillis + 1);
  }
}
