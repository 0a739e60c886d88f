package io.weir.cluster.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a process is started.
 *
 * @param name among the processes of a folder; names the file of its output
 * @param command with its arguments
 * @param folder where it works, and where its output goes
 * @param environment variables over those of this process
 */
public record Program(
    String name, List<String> command, Path folder, Map<String, String> environment) {

  private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A Java program with this process's Java. */
  public static Program java(String name, Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(arguments);
    return new Program(name, command, folder, Map.of());
  }

  /** The same with more variables. */
  public Program with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new Program(name, command, folder, all);
  }

  /** What the process says. */
  public Path log() {
    return folder.resolve(name + ".log");
  }

  /** Starts a process that goes on when this one ends; its output is appended to the log. */
  Process launch() throws IOException {
    return builder().redirectOutput(Redirect.appendTo(log().toFile())).start();
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectInput(NOTHING);
    // What is installed on this machine must not lend its settings.
    builder.environment().keySet().removeIf(name -> name.matches("(FLINK|KAFKA|PG|ZOO).*"));
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * Runs it to its end, here and now.
   *
   * @return what it said
   * @throws IOException if it fails, with what it said, or takes longer than a limit
   */
  public String run(Duration limit) throws IOException, InterruptedException {
    Process process = builder().start();
    FutureTask<String> said =
        new FutureTask<>(
            () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    new Thread(said, "weir-" + name).start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(name + " took longer than " + limit.toSeconds() + " s");
      }
    } finally {
      end(process);
    }
    return requireGood(process.exitValue(), result(said, limit));
  }

  /** Only if it runs: what has ended may still be read, until it is destroyed. */
  private static void end(Process process) {
    if (process.isAlive()) {
      process.destroyForcibly();
    }
  }

  private String requireGood(int status, String said) throws IOException {
    if (status != 0) {
      throw new IOException(name + " ended with status " + status + ":\n" + said.stripTrailing());
    }
    return said;
  }

  private String result(FutureTask<String> said, Duration limit)
      throws IOException, InterruptedException {
    try {
      return said.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("what " + name + " said cannot be read", e);
    }
  }
}
