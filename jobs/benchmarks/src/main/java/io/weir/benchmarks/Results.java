package io.weir.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Adds up two columns of the result files of a side. */
public final class Results {

  private static final JsonFactory JSON = new JsonFactory();

  private Results() {}

  /**
   * The report of this process, whose results lie in a folder.
   *
   * @param events the column that says how many events a row sums up
   * @param bytes the column by which sides must agree
   */
  public static SideReport report(Path folder, long startedNanos, String events, String bytes)
      throws IOException {
    // The clocks are read before the results are added up: checking is not part of the work.
    SideReport times = SideReport.ofThisProcess(0, 0, startedNanos);
    long sumOfEvents = 0;
    long sumOfBytes = 0;
    for (Path file : finishedFiles(folder)) {
      try (JsonParser parser = JSON.createParser(file.toFile())) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
          if (token == JsonToken.VALUE_NUMBER_INT) {
            sumOfEvents += events.equals(parser.currentName()) ? parser.getLongValue() : 0;
            sumOfBytes += bytes.equals(parser.currentName()) ? parser.getLongValue() : 0;
          }
        }
      }
    }
    return new SideReport(sumOfEvents, sumOfBytes, times.cpuSeconds(), times.wallSeconds());
  }

  private static List<Path> finishedFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    }
  }
}
