package io.weir.jobs.analytics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Made-up events in portions of a minute, and what a job with a lateness of a minute must make of
 * them. In each portion, the events of a partition come in any order, but the last one has the
 * portion's last millisecond, so that it is certain which windows can be closed after a portion.
 */
final class Portions {

  /** What must become of an event. */
  enum Fate {
    GOOD,
    LATE,
    AHEAD,
    BROKEN,
    /** On time in its partition, but all its windows are closed. */
    CLOSED
  }

  record Event(long id, long timeMillis, String status, long bytes, Fate fate) {

    String json() {
      String json =
          "{\"id\":%d,\"time\":\"%s\",\"status\":\"%s\",\"bytes\":%d}"
              .formatted(id, Instant.ofEpochMilli(timeMillis), status, bytes);
      return fate == Fate.BROKEN ? json.substring(0, json.length() / 2) : json;
    }
  }

  /** A window of a group, in the order of time. */
  record Window(Instant start, String status) implements Comparable<Window> {

    long endMillis() {
      return start.toEpochMilli() + WINDOW_MILLIS;
    }

    @Override
    public int compareTo(Window other) {
      int byTime = start.compareTo(other.start);
      return byTime != 0 ? byTime : status.compareTo(other.status);
    }
  }

  /** What is asked of the job. */
  static final String PLAN =
      """
      schema: {id: long, time: time, status: string, bytes: long}
      group-by: [status]
      window: {tumbling: 20s}
      aggregates: {requests: count, ids: count_distinct(id), bytes: sum(bytes)}
      """;

  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long PORTION_MILLIS = 60_000;
  static final long LATENESS_MILLIS = 60_000;

  private static final long WINDOW_MILLIS = 20_000;
  private static final long AHEAD_MILLIS = 2 * 24 * 60 * 60 * 1000L;
  private static final int GOOD = 30;
  private static final int LATE = 3;
  private static final int STATUSES = 3;

  private final Random random;
  private long ids;

  Portions(long seed) {
    random = new Random(seed);
  }

  /** When a portion, counted from 0, begins. */
  static long startOf(int portion) {
    return START + portion * PORTION_MILLIS;
  }

  /** The watermark when a portion, counted from 0, has been read of all partitions. */
  static long watermarkAfter(int portion) {
    return startOf(portion + 1) - 1 - LATENESS_MILLIS - 1;
  }

  /** The next events of a partition: late ones first, from the third portion on. */
  List<Event> next(int portion) {
    long start = startOf(portion);
    List<Event> mixed = new ArrayList<>();
    for (int i = 1; i < GOOD; i++) {
      mixed.add(event(start + random.nextLong(PORTION_MILLIS), Fate.GOOD));
    }
    mixed.add(event(start, Fate.BROKEN));
    List<Event> late = new ArrayList<>();
    for (int i = 0; i < LATE && portion >= 2; i++) {
      late.add(event(lateTime(start), Fate.LATE));
      mixed.add(event(lateTime(start), Fate.LATE));
    }
    Collections.shuffle(mixed, random);
    // Not decided on before events of the next portion came.
    mixed.add(mixed.size() - 4, event(start + AHEAD_MILLIS, Fate.AHEAD));
    mixed.add(event(start + PORTION_MILLIS - 1, Fate.GOOD));
    late.addAll(mixed);
    return late;
  }

  /** More than the lateness before anything of this portion and the last event before it. */
  private long lateTime(long start) {
    return start - LATENESS_MILLIS - 2_000 - random.nextLong(PORTION_MILLIS - 2_000);
  }

  private Event event(long timeMillis, Fate fate) {
    return event(timeMillis, "s" + random.nextInt(STATUSES), fate);
  }

  Event event(long timeMillis, String status, Fate fate) {
    return new Event(ids++, timeMillis, status, random.nextInt(1000), fate);
  }

  /** The rows that good events make, each as text. */
  static Map<Window, String> rows(List<Event> events) {
    Map<Window, String> rows = new TreeMap<>();
    windows(events, Fate.GOOD).forEach((window, inside) -> rows.put(window, row(inside)));
    return rows;
  }

  /** The events of one fate by the windows that they are for. */
  static Map<Window, List<Event>> windows(List<Event> events, Fate fate) {
    Map<Window, List<Event>> windows = new TreeMap<>();
    for (Event event : events) {
      if (event.fate() == fate) {
        long start = Math.floorDiv(event.timeMillis(), WINDOW_MILLIS) * WINDOW_MILLIS;
        Window window = new Window(Instant.ofEpochMilli(start), event.status());
        windows.computeIfAbsent(window, key -> new ArrayList<>()).add(event);
      }
    }
    return windows;
  }

  private static String row(List<Event> events) {
    Set<Long> different = new HashSet<>();
    long bytes = 0;
    for (Event event : events) {
      different.add(event.id());
      bytes += event.bytes();
    }
    return row(events.size(), different.size(), bytes);
  }

  /** A row of the job as text, without its key. */
  static String row(long requests, long ids, long bytes) {
    return requests + " requests, " + ids + " different, " + bytes + " bytes";
  }
}
