package io.weir.jobs.recommendation;

import io.weir.jobs.connectors.Table;
import io.weir.operators.recommendation.message.ItemCount;
import io.weir.operators.recommendation.message.Neighbour;
import io.weir.operators.recommendation.message.Outcome;
import io.weir.operators.recommendation.quality.Latencies;
import io.weir.operators.recommendation.quality.Quality;
import io.weir.operators.recommendation.quality.WindowQuality;
import io.weir.operators.recommendation.ranking.Reason;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.flink.util.Collector;

/** The tables of the job, and what becomes a row of them. */
final class RecommendationTables {

  /** What a user is recommended, by rank; the newest list replaces the one before. */
  static final Table RECOMMENDATIONS =
      new Table(
          "recommendations",
          Schema.of(
              text("user"),
              number("rank"),
              number("item"),
              decimal("score"),
              text("reason"),
              number("version"),
              time("time")),
          List.of("user", "rank"));

  /** The nearest neighbours of items. */
  static final Table NEIGHBOURS =
      new Table(
          "neighbours",
          Schema.of(
              number("item"),
              number("rank"),
              number("other"),
              decimal("similarity"),
              decimal("pair_count"),
              number("version")),
          List.of("item", "rank"));

  /** How good lists were, by windows. */
  static final Table QUALITY =
      new Table(
          "quality",
          Schema.of(
              time("window_start"),
              time("window_end"),
              number("events"),
              number("evaluated"),
              decimal("hr10"),
              decimal("ndcg10"),
              number("covered"),
              number("latency_p50_ms"),
              number("latency_p99_ms"),
              number("version")),
          List.of("window_start"));

  static final Table DUMPED_ITEMS =
      new Table(
          "item-counts",
          Schema.of(number("item"), decimal("itemCount"), number("events")),
          List.of("item"));

  static final Table DUMPED_NEIGHBOURS =
      new Table(
          "neighbours",
          Schema.of(
              number("item"),
              number("rank"),
              number("other"),
              decimal("pairCount"),
              decimal("itemCountItem"),
              decimal("itemCountOther"),
              decimal("similarity")),
          List.of("item", "rank"));

  private static final long MICROS = 1000;

  private RecommendationTables() {}

  private static Column text(String name) {
    return new Column(name, ColumnType.STRING);
  }

  private static Column number(String name) {
    return new Column(name, ColumnType.LONG);
  }

  private static Column decimal(String name) {
    return new Column(name, ColumnType.DOUBLE);
  }

  private static Column time(String name) {
    return new Column(name, ColumnType.TIME);
  }

  static void recommendations(Outcome outcome, Collector<Row> out) {
    for (int place = 0; place < outcome.items().length; place++) {
      Row row = new Row(RECOMMENDATIONS.schema().size());
      row.setText(0, outcome.user());
      row.setLong(1, place + 1L);
      row.setLong(2, outcome.items()[place]);
      row.setDouble(3, outcome.scores()[place]);
      row.setText(4, reason(outcome, place));
      row.setLong(5, outcome.version());
      row.setLong(6, outcome.timeMillis() * MICROS);
      out.collect(row);
    }
  }

  /** {@code similar:7}, {@code next:7} or {@code popular}. */
  private static String reason(Outcome outcome, int place) {
    Reason reason = Reason.of(outcome.reasons()[place]);
    String name = reason.name().toLowerCase(Locale.ROOT);
    return reason == Reason.POPULAR ? name : name + ":" + outcome.because()[place];
  }

  static Row neighbour(Neighbour neighbour) {
    Row row = new Row(NEIGHBOURS.schema().size());
    row.setLong(0, neighbour.item());
    row.setLong(1, neighbour.rank());
    row.setLong(2, neighbour.other());
    row.setDouble(3, neighbour.similarity());
    row.setDouble(4, neighbour.pairCount());
    row.setLong(5, neighbour.version());
    return row;
  }

  static Row quality(WindowQuality window, Duration length) {
    Quality quality = new Quality(window.evaluated(), window.hits(), window.gains());
    Row row = new Row(QUALITY.schema().size());
    row.setLong(0, window.startMillis() * MICROS);
    row.setLong(1, (window.startMillis() + length.toMillis()) * MICROS);
    row.setLong(2, window.events());
    row.setLong(3, window.evaluated());
    if (window.evaluated() > 0) {
      row.setDouble(4, quality.hitRate());
      row.setDouble(5, quality.gain());
    }
    row.setLong(6, window.covered());
    row.setLong(7, Latencies.quantile(window.latencies(), 0.5));
    row.setLong(8, Latencies.quantile(window.latencies(), 0.99));
    row.setLong(9, window.version());
    return row;
  }

  static Row item(ItemCount item) {
    Row row = new Row(DUMPED_ITEMS.schema().size());
    row.setLong(0, item.item());
    row.setDouble(1, item.count());
    row.setLong(2, item.events());
    return row;
  }

  static Row dumped(Neighbour neighbour) {
    Row row = new Row(DUMPED_NEIGHBOURS.schema().size());
    row.setLong(0, neighbour.item());
    row.setLong(1, neighbour.rank());
    row.setLong(2, neighbour.other());
    row.setDouble(3, neighbour.pairCount());
    row.setDouble(4, neighbour.itemCount());
    row.setDouble(5, neighbour.otherCount());
    row.setDouble(6, neighbour.similarity());
    return row;
  }
}
