package io.weir.operators.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The clock of one origin: the newest event time that is believed, and the values that are too far
 * ahead of it to be believed yet.
 *
 * <p>A value far ahead of the clock means one of two things: its own clock is wrong, or the stream
 * has moved on (a pause, or the very first values). What comes next tells them apart. After a wrong
 * clock, values on time keep coming; after a move, they do not. So such values are held back, and
 *
 * <ul>
 *   <li>a held value is refused when {@code holdRows} values on time came after it;
 *   <li>the stream has moved when {@code holdRows} values are held at once. The clock is then set
 *       to the <em>oldest</em> of them and all are judged again in their order: starting low never
 *       costs a good value, since a majority that is still ahead moves the clock once more.
 * </ul>
 *
 * <p>Fewer than {@code holdRows} wrong clocks in a row therefore cost no good value, wherever they
 * stand, also at the very start. A clock is owned by one thread; it belongs to the state of the
 * split that it tells the time of, and travels with it.
 */
public final class OriginClock {

  /** The time of a clock that has not believed a value yet. */
  static final long UNSET = Long.MIN_VALUE;

  /** What becomes of a value. */
  enum Verdict {
    ON_TIME,
    LATE,
    AHEAD
  }

  /**
   * A value that is held back.
   *
   * @param time its event time in milliseconds
   * @param onTimeBefore how many values were on time before it
   * @param record the record that it is part of
   * @param index which of the record's values it is, from 0
   */
  record Held(long time, long onTimeBefore, RawRecord record, int index) {

    /** The same value, now that more values have turned out to be on time before it. */
    Held after(long moreOnTime) {
      return new Held(time, onTimeBefore + moreOnTime, record, index);
    }
  }

  /** Takes the values that are held back no longer. */
  interface Released {
    void onTime(Held held);

    void late(Held held);

    void ahead(Held held);
  }

  private final String origin;
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private long time = UNSET;
  private long onTime;
  private long oldestHeldTime = Long.MAX_VALUE;

  public OriginClock(String origin) {
    this.origin = origin;
  }

  OriginClock(String origin, long time, long onTime, List<Held> held) {
    this(origin);
    this.time = time;
    this.onTime = onTime;
    held.forEach(this::keep);
  }

  public String origin() {
    return origin;
  }

  /** The newest event time that is believed, or {@link #UNSET}. */
  long time() {
    return time;
  }

  long onTime() {
    return onTime;
  }

  ArrayDeque<Held> held() {
    return held;
  }

  boolean holdsBack() {
    return !held.isEmpty();
  }

  /**
   * Judges a value and, if it is on time, moves the clock.
   *
   * @param eventTime in milliseconds
   * @param closed event times up to here are over, whatever this clock says
   * @param graceMillis how long the origin has been silent: a live stream may be that much further
   *     ahead
   */
  Verdict judge(long eventTime, long closed, long graceMillis, Limits limits) {
    if (eventTime <= closed || (time != UNSET && eventTime < time - limits.latenessMillis())) {
      return Verdict.LATE;
    }
    if (time == UNSET || eventTime - time > limits.maxAheadMillis() + graceMillis) {
      return Verdict.AHEAD;
    }
    time = Math.max(time, eventTime);
    onTime++;
    return Verdict.ON_TIME;
  }

  /** Holds back a value that was judged to be ahead. */
  void hold(long eventTime, RawRecord record, int index) {
    keep(new Held(eventTime, onTime, record, index));
  }

  private void keep(Held value) {
    held.add(value);
    oldestHeldTime = Math.min(oldestHeldTime, value.time());
  }

  /** Lets go what further values on time have decided; to be called after each of them. */
  void afterOnTime(long closed, Limits limits, Released released) {
    while (!held.isEmpty() && onTime - held.element().onTimeBefore() >= limits.holdRows()) {
      released.ahead(held.remove());
    }
    if (held.isEmpty()) {
      oldestHeldTime = Long.MAX_VALUE;
    } else if (oldestHeldTime - time <= limits.maxAheadMillis()) {
      judgeAgain(closed, limits, released);
    }
  }

  /** Whether the stream has moved: as many values are held back as decide it. */
  boolean hasMoved(Limits limits) {
    return held.size() >= limits.holdRows();
  }

  /** Sets the clock to the oldest value held back, and again while as many as decide are left. */
  void follow(long closed, Limits limits, Released released) {
    do {
      time = oldestHeldTime;
      judgeAgain(closed, limits, released);
    } while (hasMoved(limits));
  }

  /** Decides on all that is held back, at the end of the origin. */
  void finish(long closed, Limits limits, Released released) {
    refuseOutvoted(released);
    while (!held.isEmpty()) {
      time = oldestHeldTime;
      judgeAgain(closed, limits, released);
      refuseOutvoted(released);
    }
  }

  // At the end there is no more evidence to wait for: the majority counts.
  private void refuseOutvoted(Released released) {
    while (!held.isEmpty() && onTime - held.element().onTimeBefore() >= held.size()) {
      released.ahead(held.remove());
    }
  }

  private void judgeAgain(long closed, Limits limits, Released released) {
    List<Held> values = new ArrayList<>(held);
    held.clear();
    oldestHeldTime = Long.MAX_VALUE;
    long onTimeAtStart = onTime;
    for (Held value : values) {
      long passed = onTime - onTimeAtStart;
      switch (judge(value.time(), closed, 0, limits)) {
        case ON_TIME -> released.onTime(value);
        case LATE -> released.late(value);
        case AHEAD -> keep(value.after(passed));
      }
    }
  }
}
