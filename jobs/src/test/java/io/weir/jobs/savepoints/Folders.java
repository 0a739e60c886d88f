package io.weir.jobs.savepoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What jobs write: folders of files, hidden while they grow. */
final class Folders {

  private Folders() {}

  /** All lines that a reader sees, each behind the folder of its file, sorted. */
  static List<String> rows(Path folder) throws IOException {
    List<String> rows = new ArrayList<>();
    for (Path file : files(folder)) {
      Path name = folder.relativize(file);
      if (!name.getFileName().toString().startsWith(".")) {
        Files.readAllLines(file).forEach(line -> rows.add(name.getParent() + ": " + line));
      }
    }
    return rows.stream().sorted().toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** Lets a folder hold the files of another one, and nothing else. */
  static void replace(Path folder, Path by) throws IOException {
    clear(folder);
    for (Path file : files(by)) {
      Path copy = folder.resolve(by.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }
}
