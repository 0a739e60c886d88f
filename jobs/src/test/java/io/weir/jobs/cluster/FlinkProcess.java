package io.weir.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process of a cluster, and the file that takes its output. */
final class FlinkProcess {

  private static final int PATIENCE_SECONDS = 10;
  private static final int TAIL_LINES = 80;

  private final String name;
  private final Path log;
  private final Process process;
  private volatile boolean ended;

  private FlinkProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a process.
   *
   * @param name names the file of its output
   * @param folder where it works
   * @param arguments for Java: options, main class, and what that takes
   */
  static FlinkProcess start(String name, Path folder, List<String> arguments) throws IOException {
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    builder.command().addAll(arguments);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    // A distribution on this machine must not lend its settings.
    builder.environment().keySet().removeIf(variable -> variable.startsWith("FLINK_"));
    return new FlinkProcess(name, log, builder.start());
  }

  String name() {
    return name;
  }

  /** Whether it ended without having been told to. */
  boolean died() {
    return !ended && !process.isAlive();
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of the output, for a person. */
  String tail() {
    List<String> lines = output().lines().toList();
    int from = Math.max(0, lines.size() - TAIL_LINES);
    return "--- end of "
        + log.getFileName()
        + (process.isAlive() ? "" : ", ended with status " + process.exitValue())
        + " ---\n"
        + String.join("\n", lines.subList(from, lines.size()));
  }

  /** Ends it without a chance to say goodbye, like {@code kill -9}; returns when it is gone. */
  void kill() {
    ended = true;
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    if (!isGone()) {
      throw new IllegalStateException(name + " survived being killed, pid " + process.pid());
    }
  }

  /** Ends it in good order if it goes soon, else by force. */
  void stop() {
    ended = true;
    process.destroy();
    if (!isGone()) {
      kill();
    }
  }

  private boolean isGone() {
    try {
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
