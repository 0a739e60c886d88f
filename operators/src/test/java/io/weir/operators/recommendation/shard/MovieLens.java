package io.weir.operators.recommendation.shard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Real ratings and what is known of them. */
final class MovieLens {

  /** One rating. */
  record Rating(long user, long item, int weight, long seconds) {}

  private MovieLens() {}

  private static Path folder() {
    Path shared =
        Optional.ofNullable(System.getenv("WEIR_SHARED_DATA"))
            .map(Path::of)
            .orElse(Path.of("..", "..", "shared", "data"));
    Path folder = shared.resolve("interactions");
    Assumptions.assumeTrue(Files.isDirectory(folder), "there is no " + folder);
    return folder;
  }

  static List<Rating> ratings() throws IOException {
    try (Stream<String> lines = Files.lines(folder().resolve("movielens-small.csv"))) {
      return lines
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(
              field ->
                  new Rating(
                      Long.parseLong(field[0]),
                      Long.parseLong(field[1]),
                      (int) Math.round(2 * Double.parseDouble(field[2])),
                      Long.parseLong(field[3])))
          .sorted(
              Comparator.comparingLong(Rating::seconds)
                  .thenComparingLong(Rating::user)
                  .thenComparingLong(Rating::item))
          .toList();
    }
  }

  /** Rows of item, count, events. */
  static List<String[]> itemCounts() throws IOException {
    try (Stream<String> lines = Files.lines(folder().resolve("movielens-small.item-counts.csv"))) {
      return lines.skip(1).map(line -> line.split(",", -1)).toList();
    }
  }

  /** Rows of item, rank, other, count of the pair, both items' counts, similarity. */
  static List<String[]> neighbours() throws IOException {
    try (var in =
            new GZIPInputStream(
                Files.newInputStream(folder().resolve("movielens-small.top20.csv.gz")));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
    }
  }
}
