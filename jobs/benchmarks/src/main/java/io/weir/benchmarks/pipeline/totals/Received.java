package io.weir.benchmarks.pipeline.totals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows that a system made visible, and when. Thread-safe. */
public final class Received {

  private record Seen(ResultRow row, long atMillis) {}

  private final TreeMap<Long, Map<String, Seen>> windows = new TreeMap<>();
  private long doubled;
  private @Nullable ResultRow firstDoubled;

  /**
   * Takes a row.
   *
   * @param atMillis when a reader had it
   */
  public synchronized void add(ResultRow row, long atMillis) {
    Seen before =
        windows
            .computeIfAbsent(row.windowMillis(), start -> new HashMap<>())
            .putIfAbsent(row.url(), new Seen(row, atMillis));
    if (before != null) {
      doubled++;
      firstDoubled = firstDoubled == null ? row : firstDoubled;
    }
  }

  /** How many rows there are of windows that begin then or before. */
  public synchronized long rowsUntil(long startMillis) {
    return windows.headMap(startMillis, true).values().stream().mapToLong(Map::size).sum();
  }

  /** When the row of a window that begins then was there. */
  public synchronized OptionalLong seenAt(long startMillis, String url) {
    Seen seen = windows.getOrDefault(startMillis, Map.of()).get(url);
    return seen == null ? OptionalLong.empty() : OptionalLong.of(seen.atMillis());
  }

  synchronized List<ResultRow> rows() {
    List<ResultRow> rows = new ArrayList<>();
    windows.values().forEach(window -> window.values().forEach(seen -> rows.add(seen.row())));
    return rows;
  }

  synchronized long doubled() {
    return doubled;
  }

  synchronized @Nullable ResultRow firstDoubled() {
    return firstDoubled;
  }
}
