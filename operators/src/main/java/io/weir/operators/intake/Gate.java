package io.weir.operators.intake;

import io.weir.operators.intake.DeadLetter.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of some origins and decides, value by value, what is on time. Knows nothing
 * of Flink: records and the passing of time come in, values and dead letters go out.
 *
 * @param <T> the decoded values
 */
final class Gate<T> implements OriginClock.Released {

  /** Takes what the gate decided on. */
  interface Out<T> {
    void value(T value, long timeMillis);

    /**
     * Takes a dead letter.
     *
     * @param values how many the record has lost by it; 1 for a broken record
     */
    void refused(DeadLetter letter, int values);
  }

  /** No watermark: an origin has not told its time yet. */
  static final long NO_WATERMARK = Long.MIN_VALUE;

  private final Decoder<T> decoder;
  private final TimeLimits timeLimits;
  private final Limits limits;
  private final Out<T> out;
  private final Letters letters;
  private final Map<String, TrackedOrigin> origins = new HashMap<>();
  private final DecodedValues<T> decoded = new DecodedValues<>();
  private final DecodedValues<T> decodedAgain = new DecodedValues<>();
  private @Nullable RawRecord againOf;
  private final long startedAt;

  private @Nullable TrackedOrigin current;
  private String currentName = "";
  private long closed = NO_WATERMARK;
  private long now;

  /**
   * A gate without origins.
   *
   * @param now milliseconds on a clock that stands still under back-pressure
   */
  Gate(Decoder<T> decoder, TimeLimits timeLimits, Out<T> out, long now) {
    this.decoder = decoder;
    this.timeLimits = timeLimits;
    this.limits = Limits.of(timeLimits);
    this.out = out;
    this.letters = new Letters(out);
    this.now = now;
    this.startedAt = now;
  }

  void accept(RawRecord record) {
    switch (record.mark()) {
      case DATA -> decode(record);
      case ASSIGNED -> assign(record);
      case FINISHED -> finish(record.origin());
      case OVERSIZED -> refuseOversized(record);
    }
    settle();
  }

  /** Nothing is left over from what a call has decided on. */
  private void settle() {
    letters.send();
    if (againOf != null) {
      againOf = null;
      decodedAgain.clear();
    }
  }

  private void assign(RawRecord record) {
    OriginClock clock = record.clock();
    if (clock == null) {
      throw new IllegalStateException(
          "the clock of " + record.origin() + " got lost: the gate must be chained to its source");
    }
    // Whoever heard that this gate is idle has not waited for the new origin.
    boolean aside = limits.silenceCounts() && isIdle();
    origins.put(record.origin(), new TrackedOrigin(clock, now, aside));
    current = null;
  }

  private void finish(String name) {
    TrackedOrigin origin = origin(name);
    origin.clock().finish(closed, limits, this);
    origins.remove(name);
    current = null;
  }

  /** Decides on everything that is held back: no record will follow. */
  void finish() {
    for (String name : origins.keySet().toArray(String[]::new)) {
      finish(name);
    }
    settle();
  }

  private void decode(RawRecord record) {
    TrackedOrigin origin = origin(record.origin());
    try {
      decoded.read(record, decoder);
      if (decoded.hasBrokenParts()) {
        out.refused(DeadLetter.of(Reason.BROKEN, decoded.brokenParts(), record), 1);
      }
      for (int i = 0; i < decoded.size(); i++) {
        decide(origin, record, i);
      }
    } catch (BrokenRecordException e) {
      out.refused(DeadLetter.of(Reason.BROKEN, String.valueOf(e.getMessage()), record), 1);
    }
    origin.heard(now);
  }

  private void refuseOversized(RawRecord record) {
    String detail = "longer than a record may be; these are its first %d bytes";
    out.refused(DeadLetter.of(Reason.BROKEN, detail.formatted(record.bytes().length), record), 1);
    origin(record.origin()).heard(now);
  }

  private TrackedOrigin origin(String name) {
    // Sources hand out one String per origin, so that identity mostly answers.
    if (current != null && currentName.equals(name)) {
      return current;
    }
    TrackedOrigin origin = origins.get(name);
    if (origin == null) {
      throw new IllegalStateException("a record of " + name + " came before its origin's mark");
    }
    current = origin;
    currentName = name;
    return origin;
  }

  private void decide(TrackedOrigin origin, RawRecord record, int index) {
    OriginClock clock = origin.clock();
    long time = decoded.time(index);
    switch (clock.judge(time, closed, origin.at(now), limits)) {
      case ON_TIME -> {
        origin.onTime();
        out.value(decoded.value(index), time);
        if (clock.isUndecided()) {
          clock.afterOnTime(closed, limits, this);
        }
      }
      case LATE -> refuseLate(time, record, clock);
      case AHEAD -> {
        holdOrPass(origin, time, record, index);
        if (clock.hasMoved(limits)) {
          clock.follow(closed, limits, this);
        }
      }
    }
  }

  private void holdOrPass(TrackedOrigin origin, long time, RawRecord record, int index) {
    OriginClock clock = origin.clock();
    if (origin.isAside()) {
      out.value(decoded.value(index), time);
      clock.remember(time, origin.at(now));
    } else {
      clock.hold(time, origin.at(now), record, index);
    }
  }

  /** Tells the time; may decide on values that were held back for long, or let them go. */
  void tick(long millis) {
    now = millis;
    for (TrackedOrigin origin : origins.values()) {
      if (origin.hasWaited(now, limits)) {
        origin.clock().follow(closed, limits, this);
      }
      if (origin.fallsSilent(now, limits)) {
        // From here on windows close without it, also those that its values belong to.
        origin.clock().letGo(this);
        origin.standAside();
      }
    }
    settle();
  }

  /** Whether no origin says anything, so that none may hold up the watermark. */
  boolean isIdle() {
    return origins.isEmpty()
        ? now - startedAt >= limits.unassignedMillis()
        : origins.values().stream().allMatch(TrackedOrigin::isAside);
  }

  /**
   * Moves the watermark as far as all origins that do not stand aside allow. Values up to it are
   * late from here on, even in an origin whose own clock is further behind.
   *
   * @return the watermark, or {@link #NO_WATERMARK}
   */
  long advanceWatermark() {
    long oldest = Long.MAX_VALUE;
    for (TrackedOrigin origin : origins.values()) {
      if (!origin.isAside()) {
        oldest = Math.min(oldest, origin.clock().time());
      }
    }
    if (oldest != OriginClock.UNSET && oldest != Long.MAX_VALUE) {
      closed = Math.max(closed, oldest - limits.latenessMillis() - 1);
    }
    return closed;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the same record, not an equal one
  public void goesOn(long eventTime, RawRecord record, int index) {
    // Its other values, which mostly follow, are there then.
    if (againOf != record) {
      decodeAgain(record);
    }
    out.value(decodedAgain.value(index), eventTime);
  }

  private void decodeAgain(RawRecord record) {
    try {
      decodedAgain.read(record, decoder);
      againOf = record;
    } catch (BrokenRecordException e) {
      throw new IllegalStateException(
          "decoded once, but not again: " + record.origin() + " " + record.position(), e);
    }
  }

  @Override
  public void late(long eventTime, RawRecord record) {
    refuseLate(eventTime, record, origin(record.origin()).clock());
  }

  @Override
  public void ahead(long eventTime, RawRecord record) {
    OriginClock clock = origin(record.origin()).clock();
    letters.refuse(
        Reason.AHEAD,
        record,
        () ->
            "event time %s is ahead of its stream at %s by more than %s"
                .formatted(text(eventTime), text(clock.time()), timeLimits.maxAhead()));
  }

  private void refuseLate(long time, RawRecord record, OriginClock clock) {
    letters.refuse(Reason.LATE, record, () -> late(time, clock));
  }

  private String late(long time, OriginClock clock) {
    return time <= closed
        ? "event time %s is not after the watermark %s".formatted(text(time), text(closed))
        : "event time %s is behind its stream at %s by more than %s"
            .formatted(text(time), text(clock.time()), timeLimits.lateness());
  }

  private static String text(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
