package io.weir.jobs.local;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process that a test starts can be interrupted at all. */
public final class Interrupts {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String IGNORED = "SigIgn:";
  private static final int SIGINT = 2;

  private Interrupts() {}

  /**
   * Skips a test where nothing can be: a shell starts what it runs in the background with SIGINT
   * ignored, and whoever ignores it hands that on to all that it starts.
   */
  public static void assumePossible() throws IOException {
    assumeThat(areIgnored()).as("the tests run with SIGINT ignored").isFalse();
  }

  private static boolean areIgnored() throws IOException {
    if (!Files.exists(STATUS)) {
      return false;
    }
    String ignored =
        Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith(IGNORED))
            .findFirst()
            .orElseThrow()
            .substring(IGNORED.length())
            .strip();
    return (Long.parseUnsignedLong(ignored, 16) & (1L << (SIGINT - 1))) != 0;
  }
}
