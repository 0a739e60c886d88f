package io.weir.jobs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Spans of a railway booking system that nobody here recorded, with the exact answers that stand
 * beside them; tests are skipped where they are not there.
 */
final class TrainTicket {

  private static final Path FOLDER =
      Optional.ofNullable(System.getenv("WEIR_SHARED_DATA"))
          .map(Path::of)
          .orElse(Path.of("..", "..", "shared", "data"))
          .resolve("spans");
  private static final String NAME = "trainticket-2023-01-29";

  /** A minute of a service. */
  record Cell(String windowStart, String service) {}

  /** What is known of it; durations in microseconds. */
  record Red(long spans, long sum, long p50, long p95, long p99, long max) {}

  private TrainTicket() {}

  static Path spans() {
    Path spans = FOLDER.resolve(NAME + ".otlp.jsonl.gz").toAbsolutePath().normalize();
    assumeThat(spans).exists();
    return spans;
  }

  /**
   * The same in two files, {@code spans-0.jsonl} and {@code spans-1.jsonl}, line by line in turn.
   */
  static Path splitInTwo(Path folder) throws IOException {
    Path spans = spans();
    Files.createDirectories(folder);
    try (BufferedReader in = gunzip(spans);
        BufferedWriter even = Files.newBufferedWriter(folder.resolve("spans-0.jsonl"));
        BufferedWriter odd = Files.newBufferedWriter(folder.resolve("spans-1.jsonl"))) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        (number++ % 2 == 0 ? even : odd).append(line).append('\n');
      }
    }
    return folder;
  }

  static BufferedReader gunzip(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }

  /** What was injected into the system meanwhile. */
  static Path faults() {
    return FOLDER.resolve(NAME + ".faults.json");
  }

  static Map<Cell, Red> services() throws IOException {
    Map<Cell, Red> cells = new HashMap<>();
    try (BufferedReader in = gunzip(FOLDER.resolve(NAME + ".red.csv.gz"))) {
      assertThat(in.readLine())
          .isEqualTo("windowStart,service,spans,sumDurationUs,p50Us,p95Us,p99Us,maxUs");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] fields = line.split(",", -1);
        cells.put(
            new Cell(fields[0], fields[1]),
            new Red(
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]),
                Long.parseLong(fields[6]),
                Long.parseLong(fields[7])));
      }
    }
    return cells;
  }

  /** Calls by {@code caller > callee}. */
  static Map<String, Long> edges() throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve(NAME + ".edges.csv"));
    Map<String, Long> edges = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      edges.put(fields[0] + " > " + fields[1], Long.parseLong(fields[2]));
    }
    return edges;
  }
}
