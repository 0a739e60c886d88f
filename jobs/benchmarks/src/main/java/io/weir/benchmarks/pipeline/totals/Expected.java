package io.weir.benchmarks.pipeline.totals;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The aggregates that every system must find, summed up from the events themselves. */
public final class Expected {

  private final long windowMillis;
  private final TreeMap<Long, Map<String, Sums>> windows = new TreeMap<>();

  public Expected(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /** Counts an event. */
  public void add(Event event) {
    windows
        .computeIfAbsent(windowOf(event.timeMillis()), start -> new HashMap<>())
        .merge(event.url(), Sums.of(event.bytes()), Sums::plus);
  }

  /** When the window begins that an event falls into. */
  public long windowOf(long timeMillis) {
    return Math.floorDiv(timeMillis, windowMillis) * windowMillis;
  }

  /** When the last window begins, or could begin, that ends at that time or before. */
  public long lastWindowUntil(long endMillis) {
    return endMillis - windowMillis;
  }

  /** How many rows the windows have that end at that time or before. */
  public long rowsUntil(long endMillis) {
    return windows.headMap(lastWindowUntil(endMillis), true).values().stream()
        .mapToLong(Map::size)
        .sum();
  }

  /**
   * Compares rows with these aggregates.
   *
   * @param endMillis windows that end at that time or before must be there; later ones may be, if
   *     they are right
   * @throws DifferentWorkException if a row is wrong, missing, or there twice
   */
  public void check(Received received, long endMillis) throws DifferentWorkException {
    if (received.doubled() > 0) {
      throw new DifferentWorkException(
          received.doubled() + " rows came twice, for instance " + received.firstDoubled());
    }
    for (ResultRow row : received.rows()) {
      Sums right = windows.getOrDefault(row.windowMillis(), Map.of()).get(row.url());
      if (right == null || !right.equals(row.sums()) || !right.hasAverage(row.average())) {
        throw new DifferentWorkException("a row is " + row + " but should be " + right);
      }
    }
    long rows = received.rowsUntil(lastWindowUntil(endMillis));
    if (rows != rowsUntil(endMillis)) {
      throw new DifferentWorkException(
          "there are " + rows + " rows instead of " + rowsUntil(endMillis));
    }
  }
}
