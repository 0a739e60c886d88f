package io.weir.jobs.generator;

import io.weir.jobs.settings.Section;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the generator makes. With everything at its default:
 *
 * <pre>{@code
 * generator:
 *   seed: 1             # the same seed makes the same events
 *   events:             # how many, repeated ones included; absent: endless
 *   lanes: 1            # read in parallel; events keep their order only within a lane
 *   format: json        # or apache-combined
 *   pace: none          # as fast as possible; or real-time: each event when it is due
 *   start:              # ISO-8601; default: 2026-01-01T00:00:00Z, or now if the pace is real-time
 *   rate: 1000          # events a second
 *   disorder: 0s        # an event's time is up to this much before its arrival
 *   duplicates: 0       # share of events that repeat the good event before them, byte for byte
 *   late: 0             # share of events that are older than the disorder by late-by
 *   late-by: 10min
 *   ahead: {share: 0, by: 3d}
 *   broken: 0           # share of events that are not what the format demands
 *   hosts: 10000        # how many there are
 *   urls: 1000
 *   skew: 1.0           # Zipf exponent of both; 0: all are equally frequent
 * }</pre>
 *
 * <p>The rate decides the events' times. It may vary as {@code rate: {base: 1000, amplitude: 500,
 * period: 60s}}, a sine, or as {@code rate: [{for: 60s, rate: 1000}, {for: 5s, rate: 20000}]},
 * steps that repeat. {@code pauses: [{after: 5000, for: 2d}]} holds event 5000 and all behind it
 * back. {@code ahead: {by: 3d, bursts: [{after: 0, events: 50}]}} lets a stretch of events, here
 * the first 50, go far ahead.
 *
 * @param seed any number
 * @param events how many; {@link #ENDLESS}
 * @param lanes too many: the lanes of one reader are read in turn, which costs a little
 * @param format of an event's bytes
 * @param pace whether events wait for the wall clock
 * @param start when the first event arrives; null for the default
 * @param rate how many events a second
 * @param disorder an event's time is at most this much before its arrival
 * @param duplicates share, 0 to 1
 * @param late share, 0 to 1
 * @param lateBy a late event's time is its arrival less the disorder less this. To be late for
 *     certain, this must exceed the job's lateness
 * @param ahead which events are ahead of their time
 * @param broken share, 0 to 1
 * @param pauses in the order of their events
 * @param hosts how many hosts there are
 * @param urls how many URLs there are
 * @param skew Zipf's exponent
 */
public record GeneratorSettings(
    long seed,
    long events,
    int lanes,
    Format format,
    Pace pace,
    @Nullable Instant start,
    RateCurve rate,
    Duration disorder,
    double duplicates,
    double late,
    Duration lateBy,
    Ahead ahead,
    double broken,
    List<Pause> pauses,
    int hosts,
    int urls,
    double skew)
    implements Serializable {

  /** No bound on the number of events. */
  public static final long ENDLESS = -1;

  /** The default of {@code start} where events do not wait for the wall clock. */
  public static final Instant FIXED_START = Instant.parse("2026-01-01T00:00:00Z");

  private static final int MOST_KEYS = 1_000_000;
  private static final int MOST_LANES = 1000;
  private static final double LARGEST_RATE = 1e9;
  private static final double STEEPEST_SKEW = 10;

  /** How an event is written. */
  public enum Format {
    JSON,
    APACHE_COMBINED
  }

  /** When an event is delivered. */
  public enum Pace {
    NONE,
    REAL_TIME
  }

  /**
   * Silence in the stream.
   *
   * @param after the index of the first event behind it
   * @param length how much later that event and all behind it arrive
   */
  public record Pause(long after, Duration length) implements Serializable {}

  /**
   * A stretch of events.
   *
   * @param after the index of the first
   * @param events how many
   */
  public record Burst(long after, long events) implements Serializable {}

  /**
   * Events whose time is ahead of their arrival.
   *
   * @param share of all events, 0 to 1
   * @param by how far ahead
   * @param bursts stretches of which every event is ahead
   */
  public record Ahead(double share, Duration by, List<Burst> bursts) implements Serializable {}

  public GeneratorSettings {
    pauses = List.copyOf(pauses);
  }

  /** Reads all keys of a {@code generator:} mapping; the caller ends the reading. */
  public static GeneratorSettings read(Section section) {
    GeneratorSettings settings =
        new GeneratorSettings(
            section.integer("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
            section.integer("events", ENDLESS, 0, Long.MAX_VALUE),
            (int) section.integer("lanes", 1, 1, MOST_LANES),
            section.choice("format", Format.class, Format.JSON),
            section.choice("pace", Pace.class, Pace.NONE),
            readStart(section),
            readRate(section),
            section.duration("disorder", Duration.ZERO),
            share(section, "duplicates"),
            share(section, "late"),
            section.duration("late-by", Duration.ofMinutes(10)),
            readAhead(section.sectionOrEmpty("ahead")),
            share(section, "broken"),
            readPauses(section),
            (int) section.integer("hosts", 10_000, 1, MOST_KEYS),
            (int) section.integer("urls", 1000, 1, MOST_KEYS),
            section.number("skew", 1, 0, STEEPEST_SKEW));
    if (settings.badShares() > 1) {
      section.problem("broken", "the shares of bad events add up to more than 1");
    }
    return settings;
  }

  private double badShares() {
    return duplicates + late + ahead.share() + broken;
  }

  private static double share(Section section, String key) {
    return section.number(key, 0, 0, 1);
  }

  private static @Nullable Instant readStart(Section section) {
    String text = section.optionalText("start");
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      section.problem("start", "must be an instant such as " + FIXED_START + ", not " + text);
      return null;
    }
  }

  private static RateCurve readRate(Section section) {
    if (section.isText("rate") || !section.has("rate")) {
      return RateCurve.constant(section.number("rate", 1000, 1e-6, LARGEST_RATE));
    }
    List<Section> parts = section.sections("rate");
    return parts.size() == 1 && parts.get(0).has("base")
        ? readSine(parts.get(0))
        : readSteps(section, parts);
  }

  private static RateCurve readSine(Section rate) {
    double base = rate.number("base", 1000, 1e-6, LARGEST_RATE);
    double amplitude = rate.number("amplitude", 0, 0, base);
    Duration period = positive(rate, "period");
    rate.done();
    return RateCurve.sine(base, amplitude, (double) period.toMillis());
  }

  private static RateCurve readSteps(Section section, List<Section> parts) {
    List<RateCurve.Step> steps = new ArrayList<>();
    double largest = 0;
    for (Section part : parts) {
      double perSecond = part.number("rate", 0, 0, LARGEST_RATE);
      steps.add(new RateCurve.Step((double) positive(part, "for").toMillis(), perSecond));
      largest = Math.max(largest, perSecond);
      part.done();
    }
    if (largest == 0) {
      section.problem("rate", "at least one step needs a rate above 0");
      return RateCurve.constant(1);
    }
    return RateCurve.steps(steps);
  }

  private static Duration positive(Section section, String key) {
    Duration duration = section.positiveDuration(key);
    return duration.isZero() ? Duration.ofSeconds(1) : duration;
  }

  private static Ahead readAhead(Section section) {
    List<Burst> bursts = new ArrayList<>();
    for (Section burst : section.sections("bursts")) {
      bursts.add(
          new Burst(
              burst.integer("after", 0, Long.MAX_VALUE),
              burst.integer("events", 1, Integer.MAX_VALUE)));
      burst.done();
    }
    Ahead ahead =
        new Ahead(
            share(section, "share"),
            section.duration("by", Duration.ofDays(3)),
            List.copyOf(bursts));
    section.done();
    return ahead;
  }

  private static List<Pause> readPauses(Section section) {
    List<Pause> pauses = new ArrayList<>();
    for (Section pause : section.sections("pauses")) {
      pauses.add(new Pause(pause.integer("after", 0, Long.MAX_VALUE), pause.duration("for")));
      pause.done();
    }
    pauses.sort(Comparator.comparingLong(Pause::after));
    return pauses;
  }

  public boolean isBounded() {
    return events != ENDLESS;
  }

  /** The same with a start that is certain. */
  public GeneratorSettings startingAt(Instant instant) {
    return new GeneratorSettings(
        seed,
        events,
        lanes,
        format,
        pace,
        instant,
        rate,
        disorder,
        duplicates,
        late,
        lateBy,
        ahead,
        broken,
        pauses,
        hosts,
        urls,
        skew);
  }

  /** When the first event arrives. */
  Instant startOr(Instant now) {
    return start != null ? start : pace == Pace.REAL_TIME ? now : FIXED_START;
  }

  /** When the events arrive. */
  Timeline timeline() {
    return new Timeline(startOr(FIXED_START).toEpochMilli(), rate, pauses);
  }
}
