package io.weir.jobs.monitoring.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of the table {@code alerts}, as files hold it.
 *
 * @param at the end of the window that brought it
 * @param series in words
 * @param since the beginning of the first window that the condition has held in
 * @param value as it is written; empty where there was none
 */
public record Transition(
    Instant at,
    String rule,
    String severity,
    String service,
    String series,
    String state,
    String previous,
    Instant since,
    String value) {

  private static final ObjectMapper JACKSON = new ObjectMapper();

  /** The rows of a folder's files, in the order of time. */
  public static List<Transition> read(Path folder) throws IOException {
    List<Transition> rows = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      for (Path file : finished(folder)) {
        for (String line : Files.readAllLines(file)) {
          rows.add(of(JACKSON.readTree(line)));
        }
      }
    }
    rows.sort(
        Comparator.comparing(Transition::at)
            .thenComparing(Transition::series)
            .thenComparing(Transition::rule));
    return rows;
  }

  private static List<Path> finished(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  private static Transition of(JsonNode row) {
    return new Transition(
        Instant.parse(row.get("at").asText()),
        row.get("rule").asText(),
        row.get("severity").asText(),
        row.get("service").asText(),
        series(row),
        row.get("state").asText(),
        row.get("previous").asText(),
        Instant.parse(row.get("since").asText()),
        row.get("value").isNull() ? "" : row.get("value").asText());
  }

  private static String series(JsonNode row) {
    String service = row.get("service").asText();
    return switch (row.get("scope").asText()) {
      case "edge" -> row.get("caller").asText() + " > " + service;
      case "operation" -> service + " " + row.get("operation").asText();
      default -> service;
    };
  }
}
