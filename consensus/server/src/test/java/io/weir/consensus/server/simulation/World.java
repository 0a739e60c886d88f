package io.weir.consensus.server.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time: what happens next, and chance. One seed decides all of it. */
final class World {

  /** Something that is to happen. */
  static final class Event {
    private final long time;
    private final long number;
    private final Runnable action;

    private Event(long time, long number, Runnable action) {
      this.time = time;
      this.number = number;
      this.action = action;
    }
  }

  private final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.<Event>comparingLong(event -> event.time)
              .thenComparingLong(event -> event.number));
  private long now;
  private long created;
  private long hash = 17;

  World(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
  }

  long now() {
    return now;
  }

  Random random() {
    return random;
  }

  int number(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int often) {
    return random.nextInt(often) == 0;
  }

  Event after(long millis, Runnable action) {
    Event event = new Event(now + millis, created++, action);
    events.add(event);
    return event;
  }

  /** Lets things happen until none is left, or time is over. */
  void runUntil(long end) {
    while (!events.isEmpty() && events.peek().time <= end) {
      Event event = events.remove();
      now = event.time;
      note(event.number);
      event.action.run();
    }
    now = Math.max(now, end);
  }

  /** Makes what happened part of the run's hash. */
  void note(long what) {
    hash = (hash * 31 + what) * 31 + now;
  }

  /** Two runs that did the same have the same. */
  long hash() {
    return hash;
  }
}
