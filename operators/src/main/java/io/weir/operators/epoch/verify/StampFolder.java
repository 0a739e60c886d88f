package io.weir.operators.epoch.verify;

import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.epoch.stamp.StampLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The finished files of a folder of stamps, by name. Files whose names begin with a dot belong to
 * checkpoints that have not completed, and are passed over.
 */
public final class StampFolder implements StampReader {

  private final List<Path> files;

  private StampFolder(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /**
   * Looks at a folder; what a job that still runs adds later is not read.
   *
   * @throws NoVerdictException if it cannot be read, or has no finished file
   */
  public static StampFolder open(Path folder) throws NoVerdictException {
    if (!Files.isDirectory(folder)) {
      throw new NoVerdictException(folder + ": there is no such folder");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.filter(StampFolder::isFinished).sorted().toList();
      if (files.isEmpty()) {
        throw new NoVerdictException(
            folder + ": there are no stamps; their files appear when a checkpoint completes");
      }
      return new StampFolder(files);
    } catch (IOException e) {
      throw new NoVerdictException(folder + ": cannot be read: " + e, e);
    }
  }

  private static boolean isFinished(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
  }

  @Override
  public void read(Visitor visitor) throws NoVerdictException {
    for (Path file : files) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        read(lines, file, visitor);
      } catch (IOException e) {
        throw new NoVerdictException(file + ": cannot be read: " + e, e);
      }
    }
  }

  private static void read(BufferedReader lines, Path file, Visitor visitor)
      throws IOException, NoVerdictException {
    String name = file.getFileName().toString();
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      visitor.visit(new Sighting(name, number, decode(line, file, number)));
    }
  }

  private static Stamp decode(String line, Path file, long number) throws NoVerdictException {
    try {
      return StampLine.decode(line);
    } catch (IllegalArgumentException e) {
      throw new NoVerdictException("%s, line %d: %s".formatted(file, number, e.getMessage()), e);
    }
  }
}
