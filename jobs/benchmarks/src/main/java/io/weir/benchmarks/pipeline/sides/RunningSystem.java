package io.weir.benchmarks.pipeline.sides;

import io.weir.benchmarks.frame.PipelineTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The process of a system. What it used is read from outside, for all systems alike: the processor
 * time of all its threads, and the most memory that it ever held.
 */
public final class RunningSystem implements AutoCloseable {

  private static final int TOLD_LINES = 40;
  private static final long GRACE_SECONDS = 20;
  private static final int BYTES_PER_MB = 1_000_000;

  private final Contender contender;
  private final Process process;
  private final Path log;

  private RunningSystem(Contender contender, Process process, Path log) {
    this.contender = contender;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a system.
   *
   * @param home the project's folder
   */
  public static RunningSystem start(Contender contender, Path home, PipelineTask task)
      throws IOException {
    Path log = task.folder().resolve("log");
    Process process =
        new ProcessBuilder(contender.command(home, task))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new RunningSystem(contender, process, log);
  }

  /** Seconds that all cores together worked for the process, since its start. */
  public double cpuSeconds() throws IOException {
    requireAlive();
    Duration used =
        process
            .info()
            .totalCpuDuration()
            .orElseThrow(() -> new IOException("the system does not tell processor times"));
    return used.toNanos() / 1e9;
  }

  /** The most resident memory that the process ever held, in MB. */
  public double peakMemoryMb() throws IOException {
    requireAlive();
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024.0 / BYTES_PER_MB;
      }
    }
    throw new IOException("the system does not tell how much memory a process held");
  }

  /** Fails with the last words of the process when it has ended. */
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      List<String> lines = Files.readAllLines(log);
      throw new IOException(
          contender.label()
              + " ended with status "
              + process.exitValue()
              + ":\n"
              + String.join(
                  "\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size())));
    }
  }

  /** Nothing of it is needed any more, so one that is slow to end is ended. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
