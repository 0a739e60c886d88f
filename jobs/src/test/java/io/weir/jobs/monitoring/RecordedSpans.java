package io.weir.jobs.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A file of spans of a service {@code shop}, from 10:00 on the 1st of March 2026 on. */
public final class RecordedSpans {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private RecordedSpans() {}

  /**
   * Writes the file.
   *
   * @param errors minute by minute, how many of the calls fail
   * @param calls of each minute, at most 60
   */
  public static Path of(int[] errors, int calls, Path file) throws IOException {
    Spans spans = new Spans();
    List<String> lines = new ArrayList<>();
    for (int minute = 0; minute < errors.length; minute++) {
      for (int call = 0; call < calls; call++) {
        Instant end = START.plusSeconds(60L * minute + call);
        lines.add(spans.line("shop", end, 20, call < errors[minute]));
      }
    }
    return Files.write(file, lines);
  }
}
