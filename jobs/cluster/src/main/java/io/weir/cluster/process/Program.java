package io.weir.cluster.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
}
