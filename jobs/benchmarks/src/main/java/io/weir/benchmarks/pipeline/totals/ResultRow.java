package io.weir.benchmarks.pipeline.totals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A row that a system wrote.
 *
 * @param windowMillis when its window begins
 */
public record ResultRow(long windowMillis, String url, Sums sums, double average) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a row as any of the systems writes it. */
  public static ResultRow parse(byte[] json) throws IOException {
    long window = Long.MIN_VALUE;
    String url = "";
    long requests = 0;
    long bytes = 0;
    long smallest = 0;
    long largest = 0;
    double average = Double.NaN;
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          switch (parser.currentName()) {
            case "window_start" -> window = millis(parser.getText());
            case "url" -> url = parser.getText();
            case "requests" -> requests = parser.getLongValue();
            case "bytes" -> bytes = parser.getLongValue();
            case "smallest" -> smallest = parser.getLongValue();
            case "largest" -> largest = parser.getLongValue();
            case "average" -> average = parser.getDoubleValue();
            default -> {
              // Weir also says under which version a row was made.
            }
          }
        }
      }
    }
    return new ResultRow(window, url, new Sums(requests, bytes, smallest, largest), average);
  }

  /** All write UTC; not all say so. */
  private static long millis(String text) {
    String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    return LocalDateTime.parse(local).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
