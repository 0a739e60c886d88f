package io.weir.benchmarks.recommendation;

import io.weir.operators.recommendation.quality.Quality;
import io.weir.operators.recommendation.rules.Ageing;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import io.weir.operators.recommendation.shard.SequentialModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What pruning, caps and ageing bring and cost, on recorded ratings by the sequential protocol: hit
 * rate, gain, heap of the pairs, events a second of one thread. A file has a header and the columns
 * user, item, stars, seconds.
 */
final class RatingsTable {

  private static final int SHARDS = 16;
  private static final int SWEEP = 5_000;
  private static final double MEGA = 1e6;

  private record Rating(long user, long item, int weight, long seconds) {

    static Rating parse(String line) {
      String[] fields = line.split(",", -1);
      return new Rating(
          Long.parseLong(fields[0]),
          Long.parseLong(fields[1]),
          (int) Math.round(2 * Double.parseDouble(fields[2])),
          Long.parseLong(fields[3]));
    }
  }

  private record Way(Learning learning, Scoring scoring) {}

  private RatingsTable() {}

  static void print(Path file) throws IOException {
    List<Rating> ratings;
    try (Stream<String> lines = Files.lines(file)) {
      ratings =
          lines
              .skip(1)
              .map(Rating::parse)
              .sorted(
                  Comparator.comparingLong(Rating::seconds)
                      .thenComparingLong(Rating::user)
                      .thenComparingLong(Rating::item))
              .toList();
    }
    System.out.println("| | HR@10 | NDCG@10 | pairs, MB | events/s |");
    System.out.println("| --- | --- | --- | --- | --- |");
    ways().forEach((name, way) -> System.out.println(row(name, way, ratings)));
  }

  private static Map<String, Way> ways() {
    Learning all = Learning.EXACT;
    Map<String, Way> ways = new LinkedHashMap<>();
    put(ways, "popularity", all.withSequenceSteps(0), popularity());
    put(ways, "plain item-CF", all.withSequenceSteps(0), Scoring.PLAIN);
    put(ways, "shipped, nothing pruned", all);
    put(ways, "pairs: 100", all.withPairs(100));
    put(ways, "history: 200", all.withHistory(200));
    put(ways, "neighbours: 1000", all.withSweep(1_000, 0, SWEEP));
    put(ways, "neighbours: 200", all.withSweep(200, 0, SWEEP));
    put(ways, "neighbours: 50", all.withSweep(50, 0, SWEEP));
    put(ways, "doubt: 0.05", all.withSweep(0, 0.05, SWEEP));
    put(ways, "doubt: 0.5", all.withSweep(0, 0.5, SWEEP));
    put(ways, "half-life: 365d", all.withAgeing(new Ageing(Duration.ofDays(365).toMillis())));
    put(ways, "pairs: 100, neighbours: 200", all.withPairs(100).withSweep(200, 0, SWEEP));
    return ways;
  }

  private static Scoring popularity() {
    return new Scoring(1, 1, false, 0, 0, 1, 0.5, 0.5, 5_000);
  }

  private static void put(Map<String, Way> ways, String name, Learning learning) {
    put(ways, name, learning, Scoring.DEFAULT);
  }

  private static void put(Map<String, Way> ways, String name, Learning learning, Scoring scoring) {
    ways.put(name, new Way(learning, scoring));
  }

  private static String row(String name, Way way, List<Rating> ratings) {
    SequentialModel model = new SequentialModel(SHARDS, way.learning(), way.scoring());
    Quality quality = Quality.NONE;
    long start = System.nanoTime();
    for (Rating rating : ratings) {
      if (model.knows(rating.user())) {
        int rank = model.best(rating.user(), Quality.FIRST).rankOf(rating.item());
        quality = quality.with(rank);
      }
      model.learn(rating.user(), rating.item(), rating.weight(), 1_000 * rating.seconds());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return String.format(
        Locale.ROOT,
        "| %s | %.4f | %.4f | %.0f | %,.0f |",
        name,
        quality.hitRate(),
        quality.gain(),
        model.columnBytes() / MEGA,
        ratings.size() / seconds);
  }
}
