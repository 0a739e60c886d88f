package io.weir.benchmarks.frame;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a measurement ran on. */
public final class Machine {

  private static final Path CPUS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Processor, cores, Java and the load at this moment, in a line that JSON can hold. */
  public static String describe() throws IOException {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, Java %s, load %.1f",
        processor().replace("\"", ""),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processor() throws IOException {
    if (!Files.isReadable(CPUS)) {
      return System.getProperty("os.arch", "unknown");
    }
    return Files.readAllLines(CPUS).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseGet(() -> System.getProperty("os.arch", "unknown"));
  }
}
