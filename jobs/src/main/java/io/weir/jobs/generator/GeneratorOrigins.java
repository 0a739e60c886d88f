package io.weir.jobs.generator;

import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The lanes of a generator: lane k of n makes the events k, k + n, k + 2n, and so on.
 *
 * @param settings with a start
 */
record GeneratorOrigins(GeneratorSettings settings) implements Origins {

  private static final Pattern NAME = Pattern.compile("lane-(\\d+)-of-(\\d+)");

  @Override
  public List<Origin> list() {
    return IntStream.range(0, settings.lanes()).mapToObj(this::origin).toList();
  }

  private Origin origin(int lane) {
    int lanes = settings.lanes();
    return new Origin("lane-" + lane + "-of-" + lanes, eventsOf(lane, lanes));
  }

  private long eventsOf(int lane, int lanes) {
    if (!settings.isBounded()) {
      return Origin.UNKNOWN;
    }
    return settings.events() / lanes + (lane < settings.events() % lanes ? 1 : 0);
  }

  @Override
  public Cursor open(Origin origin, Position from) {
    return open(origin, from, InstantSource.system());
  }

  /** The lane as its name says, since the state may come from a run with other settings. */
  Cursor open(Origin origin, Position from, InstantSource clock) {
    Matcher name = NAME.matcher(origin.name());
    if (!name.matches()) {
      throw new IllegalStateException("the state names no lane of a generator: " + origin.name());
    }
    int lane = Integer.parseInt(name.group(1));
    int lanes = Integer.parseInt(name.group(2));
    long count = eventsOf(lane, lanes);
    GeneratorSettings resumed =
        from.equals(Position.START)
            ? settings
            : settings.startingAt(Instant.ofEpochMilli(from.offset()));
    return new GeneratorCursor(origin.name(), resumed, lane, lanes, count, from.number(), clock);
  }

  @Override
  public boolean isBounded() {
    return settings.isBounded();
  }

  @Override
  public boolean isInterleaved() {
    return true;
  }
}
