package io.weir.jobs.analytics;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file whose lines come when the test releases them. Static, since tasks share the JVM with the
 * test; for one job.
 */
record HeldLines(FileOrigins files) implements Origins {

  private static final long serialVersionUID = 1;

  private static volatile long released;
  private static volatile long read;

  static HeldLines of(Path file) {
    return new HeldLines(
        new FileOrigins(
            List.of(file.toString()), Framing.lines(), FileOrigins.DEFAULT_MAX_RECORD_BYTES));
  }

  /** Lets so many lines through, in all. */
  static void releaseUpTo(long lines) {
    released = lines;
  }

  static boolean allAreRead() {
    return read >= released;
  }

  @Override
  public List<Origin> list() throws IOException {
    return files.list();
  }

  @Override
  public Cursor open(Origin origin, Position from) throws IOException {
    return new HeldCursor(files.open(origin, from));
  }

  private record HeldCursor(Cursor lines) implements Cursor {

    private boolean waits() {
      return lines.position().number() >= released;
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
      if (waits()) {
        return null;
      }
      RawRecord line = lines.next();
      read = lines.position().number();
      return line;
    }

    @Override
    public long waitMillis() {
      return waits() ? 10 : lines.waitMillis();
    }

    @Override
    public Position position() {
      return lines.position();
    }

    @Override
    public long workDone() {
      return lines.workDone();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
