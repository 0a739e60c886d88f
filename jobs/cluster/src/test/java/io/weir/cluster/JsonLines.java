package io.weir.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads what a file sink has finished. */
final class JsonLines {

  private static final ObjectMapper JACKSON = new ObjectMapper();

  private JsonLines() {}

  /** The objects in all files of a folder; the name of a file that is not finished has a dot. */
  static List<JsonNode> readFinished(Path folder) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(JsonLines::isFinished).toList()) {
        for (String line : Files.readAllLines(file)) {
          objects.add(JACKSON.readTree(line));
        }
      }
    }
    return objects;
  }

  private static boolean isFinished(Path file) {
    return !String.valueOf(file.getFileName()).startsWith(".");
  }
}
