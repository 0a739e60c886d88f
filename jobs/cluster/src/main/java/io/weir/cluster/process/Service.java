package io.weir.cluster.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program of a folder's {@link Roster}, which may be killed and started again. Its process goes
 * on when this one ends. For several threads.
 */
public final class Service {

  private static final int TAIL_LINES = 40;
  private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

  private final Roster roster;
  private Program program;
  private @Nullable Started started;

  public Service(Roster roster, Program program) {
    this.roster = roster;
    this.program = program;
  }

  /**
   * Starts the process; its output is appended to what was said before.
   *
   * @throws IllegalStateException if it runs
   */
  public synchronized void start() throws IOException {
    if (isRunning()) {
      throw new IllegalStateException(program.name() + " is running");
    }
    ProcessBuilder builder = new ProcessBuilder(program.command());
    builder.directory(program.folder().toFile()).redirectErrorStream(true).redirectInput(NOTHING);
    builder.redirectOutput(Redirect.appendTo(program.log().toFile()));
    // What is installed on this machine must not lend its settings.
    builder.environment().keySet().removeIf(name -> name.matches("(FLINK|KAFKA|PG|ZOO).*"));
    builder.environment().putAll(program.environment());
    Started process = Started.of(program.name(), builder.start().toHandle());
    started = process;
    roster.note(process);
  }

  /** From the next start on, another program of the same name. */
  public synchronized void change(Program other) {
    program = other;
  }

  public synchronized Program program() {
    return program;
  }

  public String name() {
    return program().name();
  }

  public synchronized boolean isRunning() {
    return started != null && started.running().isPresent();
  }

  /** Ends it without a chance to say goodbye; returns when it is gone. */
  public synchronized void kill() throws IOException {
    ProcessHandle process = process();
    process.destroyForcibly();
    if (!Started.isGone(process)) {
      throw new IOException(name() + " survived being killed");
    }
  }

  /** Ends it in good order if it goes soon, else by force. */
  public synchronized void stop() {
    if (started != null) {
      started.end();
    }
  }

  /**
   * Sends a signal, such as {@code STOP} and {@code CONT}.
   *
   * @throws IOException if it cannot be sent
   */
  public synchronized void signal(String signal) throws IOException, InterruptedException {
    long pid = process().pid();
    Process kill =
        new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
            .redirectErrorStream(true)
            .start();
    String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + signal + " of " + name() + ": " + said.strip());
    }
  }

  private ProcessHandle process() {
    if (started == null) {
      throw new IllegalStateException(program.name() + " was not started");
    }
    return started
        .running()
        .orElseThrow(() -> new IllegalStateException(program.name() + " is not running"));
  }

  /** What it said, in all of its lives. */
  public String output() {
    try {
      return Files.exists(program().log()) ? Files.readString(program().log()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its last lines, for a person. */
  public String tail() {
    List<String> lines = output().lines().toList();
    int from = Math.max(0, lines.size() - TAIL_LINES);
    return "--- the end of "
        + program().log()
        + " ---\n"
        + String.join("\n", lines.subList(from, lines.size()));
  }
}
