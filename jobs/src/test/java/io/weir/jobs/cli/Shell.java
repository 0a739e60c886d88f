package io.weir.jobs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts processes with an environment and a place of their own. */
final class Shell {

  /** What a process said and how it ended. */
  record Ended(int code, String out, String err) {}

  private final Path stand;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  Shell(Path stand) {
    this.stand = stand;
  }

  /** The same environment, standing elsewhere. */
  Shell at(Path elsewhere) {
    Shell shell = new Shell(elsewhere);
    shell.environment.putAll(environment);
    return shell;
  }

  void set(String name, String value) {
    environment.put(name, value);
  }

  void unset(String name) {
    environment.remove(name);
  }

  Process start(String program, String... arguments) throws IOException {
    return builder(program, arguments).start();
  }

  Ended run(String program, String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      Process process =
          builder(program, arguments)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      int code = process.waitFor();
      return new Ended(
          code,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private ProcessBuilder builder(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(stand.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }
}
