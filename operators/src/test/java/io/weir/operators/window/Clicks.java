package io.weir.operators.window;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rows for the tests, a plan over them, and what a naive batch makes of both. */
final class Clicks {

  static final Schema SCHEMA =
      Schema.of(new Column("bytes", ColumnType.LONG), new Column("page", ColumnType.STRING));

  static final List<NamedAggregate> AGGREGATES =
      List.of(
          NamedAggregate.of("clicks", "count"),
          NamedAggregate.of("bytes", "sum(bytes)"),
          NamedAggregate.of("median", "quantile(bytes, 0.5)"));

  /** One row; page null is a group of its own. */
  record Click(long time, @Nullable String page, long bytes) {
    Row row() {
      Row row = new Row(SCHEMA.size());
      row.setLong(0, bytes);
      if (page != null) {
        row.setText(1, page);
      }
      return row;
    }
  }

  private Clicks() {}

  static WindowPlan plan(Windowing windowing, PreAggregation preAggregation) {
    return new WindowPlan(List.of("page"), windowing, AGGREGATES, preAggregation);
  }

  /** A result as text: times in milliseconds, group, count, sum, median. */
  static String text(Row result) {
    return text(
        result.longAt(0) / 1000,
        result.longAt(1) / 1000,
        result.isNull(2) ? null : result.textAt(2),
        result.longAt(3),
        result.longAt(4),
        result.longAt(5));
  }

  private static String text(
      long start, long end, @Nullable String page, long count, long sum, long median) {
    return start + ".." + end + " " + page + " " + count + " " + sum + " " + median;
  }

  /** All results over all rows, sorted. */
  static List<String> batch(Windowing windowing, Collection<Click> clicks) {
    Map<String, List<Click>> groups = new TreeMap<>();
    for (Click click : clicks) {
      groups.computeIfAbsent("" + click.page(), p -> new ArrayList<>()).add(click);
    }
    List<String> results = new ArrayList<>();
    groups.values().forEach(group -> results.addAll(windows(windowing, group)));
    Collections.sort(results);
    return results;
  }

  private static List<String> windows(Windowing windowing, List<Click> group) {
    if (windowing instanceof Windowing.Session session) {
      return sessions(session.gapMillis(), group);
    }
    return windowing instanceof Windowing.Hopping hopping
        ? aligned(hopping.sizeMillis(), hopping.everyMillis(), group)
        : aligned(windowing.sliceMillis(), windowing.sliceMillis(), group);
  }

  private static List<String> aligned(long size, long every, List<Click> group) {
    TreeSet<Long> starts = new TreeSet<>();
    for (Click click : group) {
      for (long start = click.time() - size + 1; start <= click.time(); start++) {
        if (Math.floorMod(start, every) == 0) {
          starts.add(start);
        }
      }
    }
    return starts.stream()
        .map(
            start ->
                result(
                    start,
                    start + size,
                    group.stream()
                        .filter(c -> start <= c.time() && c.time() < start + size)
                        .toList()))
        .toList();
  }

  private static List<String> sessions(long gap, List<Click> group) {
    List<Click> sorted = new ArrayList<>(group);
    sorted.sort((a, b) -> Long.compare(a.time(), b.time()));
    List<String> results = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || sorted.get(i).time() - sorted.get(i - 1).time() >= gap) {
        List<Click> session = sorted.subList(first, i);
        results.add(result(session.get(0).time(), sorted.get(i - 1).time() + gap, session));
        first = i;
      }
    }
    return results;
  }

  private static String result(long start, long end, List<Click> clicks) {
    List<Long> bytes = clicks.stream().map(Click::bytes).sorted().toList();
    return text(
        start,
        end,
        clicks.get(0).page(),
        bytes.size(),
        bytes.stream().mapToLong(Long::longValue).sum(),
        bytes.get((bytes.size() + 1) / 2 - 1));
  }
}
