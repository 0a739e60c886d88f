package io.weir.jobs.analytics;

import io.weir.jobs.input.HeldOrigins;
import io.weir.operators.source.Origins;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.nio.file.Path;
import java.util.List;

/**
 * A file whose lines come when the test releases them. Static, since tasks share the JVM with the
 * test; for one job.
 */
final class HeldLines {

  private static volatile long released;
  private static volatile long read;

  private HeldLines() {}

  static Origins of(Path file) {
    FileOrigins lines =
        new FileOrigins(
            List.of(file.toString()), Framing.lines(), FileOrigins.DEFAULT_MAX_RECORD_BYTES);
    return new HeldOrigins(lines, (origin, lineCount) -> stops(lineCount));
  }

  private static boolean stops(long lines) {
    read = lines;
    return lines >= released;
  }

  /** Lets so many lines through, in all. */
  static void releaseUpTo(long lines) {
    released = lines;
  }

  static boolean allAreRead() {
    return read >= released;
  }
}
