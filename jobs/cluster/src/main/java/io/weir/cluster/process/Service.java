package io.weir.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program of a folder's {@link Roster}, which may be killed and started again. Its process goes
 * on when this one ends. For several threads.
 */
public final class Service {

  private static final int TAIL_LINES = 40;
  private static final Duration LONGEST_SIGNAL = Duration.ofSeconds(30);

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
    started = roster.launch(program);
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
  public synchronized void kill() {
    Started.kill(List.of(process()));
  }

  /** Ends it in good order if it goes soon, else by force. */
  public synchronized void stop() {
    if (started != null) {
      Started.endAll(List.of(started));
    }
  }

  /**
   * Sends a signal, such as {@code STOP} and {@code CONT}.
   *
   * @throws IOException if it cannot be sent
   */
  public synchronized void signal(String signal) throws IOException, InterruptedException {
    List<String> command = List.of("kill", "-" + signal, String.valueOf(process().pid()));
    var unused = new Program("kill", command, program.folder(), Map.of()).run(LONGEST_SIGNAL);
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
      Path log = program().log();
      // It may be in the middle of a character.
      return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
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
