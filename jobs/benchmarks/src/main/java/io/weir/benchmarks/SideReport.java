package io.weir.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What one side did, told by its own process in the last line that it prints.
 *
 * @param events how many it read
 * @param sumOfBytes the sum over all results, by which the sides must agree
 * @param cpuSeconds of the whole process, from its start
 * @param wallSeconds of the work, without the start of the JVM
 */
public record SideReport(long events, long sumOfBytes, double cpuSeconds, double wallSeconds) {

  private static final String TAG = "side";

  /** The report of this process so far. */
  public static SideReport ofThisProcess(long events, long sumOfBytes, long startedNanos) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new SideReport(
        events,
        sumOfBytes,
        system.getProcessCpuTime() / 1e9,
        (System.nanoTime() - startedNanos) / 1e9);
  }

  static boolean isReport(String line) {
    return line.startsWith(TAG + " ");
  }

  /** What was done since an earlier report of the same process, which began at the same time. */
  public SideReport since(SideReport earlier) {
    return new SideReport(
        events, sumOfBytes, cpuSeconds - earlier.cpuSeconds, wallSeconds - earlier.wallSeconds);
  }

  /** Reads a line that {@link #toLine()} wrote. */
  public static SideReport parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 5 || !words[0].equals(TAG)) {
      throw new IllegalArgumentException("not a report: " + line);
    }
    return new SideReport(
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]));
  }

  public String toLine() {
    return TAG + " " + events + " " + sumOfBytes + " " + cpuSeconds + " " + wallSeconds;
  }

  public double eventsPerCpuSecond() {
    return events / cpuSeconds;
  }

  public double eventsPerSecond() {
    return events / wallSeconds;
  }
}
