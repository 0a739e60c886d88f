package io.weir.operators.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * stand, also at the very start. A value that cannot be held back any longer goes on, but what it
 * tells about the stream is kept: it counts among the held ones as before.
 *
 * <p>A clock is owned by one thread; it belongs to the state of the split that it tells the time
 * of, and travels with it. Moments ({@code at}) are milliseconds that have passed since the split
 * was assigned; they are not saved, so that a restored clock starts at zero.
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
   * A value that is too far ahead to be believed yet.
   *
   * @param time its event time in milliseconds
   * @param onTimeBefore how many values were on time before it
   * @param at when it came
   * @param record the record that it is part of; null once the value has gone on
   * @param index which of the record's values it is, from 0
   */
  record Held(long time, long onTimeBefore, long at, @Nullable RawRecord record, int index) {

    /** The same value, now that more values have turned out to be on time before it. */
    Held after(long moreOnTime) {
      return new Held(time, onTimeBefore + moreOnTime, at, record, index);
    }

    Held gone() {
      return new Held(time, onTimeBefore, at, null, 0);
    }
  }

  /** Takes the values that are held back no longer. */
  interface Released {
    void goesOn(long eventTime, RawRecord record, int index);

    void late(long eventTime, RawRecord record);

    void ahead(long eventTime, RawRecord record);
  }

  private final String origin;
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private long time = UNSET;
  private long believedAt;
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

  /** Whether values are waiting for a decision, here or gone. */
  boolean isUndecided() {
    return !held.isEmpty();
  }

  /**
   * Judges a value and, if it is on time, moves the clock.
   *
   * @param eventTime in milliseconds
   * @param closed event times up to here are over, whatever this clock says
   * @param at when the value came: a live stream may be as much further ahead as time has passed
   *     since the clock was last right
   */
  Verdict judge(long eventTime, long closed, long at, Limits limits) {
    if (eventTime <= closed || (time != UNSET && eventTime < time - limits.latenessMillis())) {
      return Verdict.LATE;
    }
    long passed = Math.max(0, at - believedAt);
    if (time == UNSET || eventTime - time > limits.maxAheadMillis() + passed) {
      return Verdict.AHEAD;
    }
    time = Math.max(time, eventTime);
    believedAt = Math.max(believedAt, at);
    onTime++;
    return Verdict.ON_TIME;
  }

  /** Holds back a value that was judged to be ahead. */
  void hold(long eventTime, long at, RawRecord record, int index) {
    keep(new Held(eventTime, onTime, at, record, index));
  }

  /** Keeps what a value tells that was judged to be ahead and has gone on. */
  void remember(long eventTime, long at) {
    keep(new Held(eventTime, onTime, at, null, 0));
  }

  private void keep(Held value) {
    held.add(value);
    oldestHeldTime = Math.min(oldestHeldTime, value.time());
  }

  /** Lets the values go on, undecided, that would go on if this were the end. */
  void letGo(Released released) {
    int all = held.size();
    for (int i = 0; i < all; i++) {
      Held value = held.remove();
      if (isOutvoted(value, all)) {
        held.add(value);
      } else {
        tell(value, Verdict.ON_TIME, released);
        held.add(value.gone());
      }
    }
  }

  // Where there is no more evidence to wait for, the majority counts.
  private boolean isOutvoted(Held value, int all) {
    return onTime - value.onTimeBefore() >= all;
  }

  private static void tell(Held value, Verdict verdict, Released released) {
    RawRecord record = value.record();
    if (record == null) {
      return;
    }
    switch (verdict) {
      case ON_TIME -> released.goesOn(value.time(), record, value.index());
      case LATE -> released.late(value.time(), record);
      case AHEAD -> released.ahead(value.time(), record);
    }
  }

  /** Lets go what further values on time have decided; to be called after each of them. */
  void afterOnTime(long closed, Limits limits, Released released) {
    while (!held.isEmpty() && onTime - held.element().onTimeBefore() >= limits.holdRows()) {
      tell(held.remove(), Verdict.AHEAD, released);
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

  /**
   * Whether a quarter of the values that decide have come in a row and waited for long enough:
   * nothing that was on time came between them or behind them.
   */
  boolean hasWaited(long now, Limits limits) {
    if (4L * held.size() < limits.holdRows()) {
      return false;
    }
    List<Held> inARow = held.stream().filter(value -> value.onTimeBefore() == onTime).toList();
    return !inARow.isEmpty()
        && 4L * inARow.size() >= limits.holdRows()
        && now - inARow.get(0).at() >= limits.holdForMillis();
  }

  /** Sets the clock to the oldest value held back, and again while as many as decide are left. */
  void follow(long closed, Limits limits, Released released) {
    do {
      setToOldest();
      judgeAgain(closed, limits, released);
    } while (hasMoved(limits));
  }

  private void setToOldest() {
    Held oldest = Collections.min(held, Comparator.comparingLong(Held::time));
    time = oldest.time();
    believedAt = Math.max(believedAt, oldest.at());
  }

  /** Decides on all that is held back, at the end of the origin. */
  void finish(long closed, Limits limits, Released released) {
    refuseOutvoted(released);
    while (!held.isEmpty()) {
      setToOldest();
      judgeAgain(closed, limits, released);
      refuseOutvoted(released);
    }
  }

  private void refuseOutvoted(Released released) {
    while (!held.isEmpty() && isOutvoted(held.element(), held.size())) {
      tell(held.remove(), Verdict.AHEAD, released);
    }
  }

  private void judgeAgain(long closed, Limits limits, Released released) {
    List<Held> values = new ArrayList<>(held);
    held.clear();
    oldestHeldTime = Long.MAX_VALUE;
    long onTimeAtStart = onTime;
    for (Held value : values) {
      long passed = onTime - onTimeAtStart;
      Verdict verdict = judge(value.time(), closed, value.at(), limits);
      if (verdict == Verdict.AHEAD) {
        keep(value.after(passed));
      } else {
        tell(value, verdict, released);
      }
    }
  }
}
