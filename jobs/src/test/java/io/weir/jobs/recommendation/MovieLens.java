package io.weir.jobs.recommendation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Real ratings and what is known of them; what needs them is skipped where they are missing. */
final class MovieLens {

  static final long EVENTS = 100_004;
  static final long PAIR_UPDATES = 25_313_236;
  static final long EVALUATED = 99_333;

  private MovieLens() {}

  private static Path file(String name) {
    Path shared =
        Optional.ofNullable(System.getenv("WEIR_SHARED_DATA"))
            .map(Path::of)
            .orElse(Path.of("..", "..", "shared", "data"));
    Path file = shared.resolve("interactions").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "there is no " + file);
    return file;
  }

  static Path ratings() {
    return file("movielens-small.csv");
  }

  /** Rows of item, count, events. */
  static List<String[]> itemCounts() throws IOException {
    return rows(Files.newInputStream(file("movielens-small.item-counts.csv")));
  }

  /** Rows of item, rank, other, count of the pair, both items' counts, similarity. */
  static List<String[]> neighbours() throws IOException {
    return rows(new GZIPInputStream(Files.newInputStream(file("movielens-small.top20.csv.gz"))));
  }

  private static List<String[]> rows(InputStream in) throws IOException {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
    }
  }

  /** Settings that read the ratings. */
  static String settings() {
    return """
    source:
      file: {path: "%s", format: csv, order-by: [timestamp, userId, movieId]}
    fields: {user: userId, item: movieId, weight: rating, time: timestamp}
    time: {unit: s}
    weight-scale: 2
    """
        .formatted(ratings());
  }
}
