package io.weir.benchmarks.frame;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a class of this process's class path in a Java process of its own. */
public final class JavaCommand {

  private JavaCommand() {}

  /**
   * The command of such a process.
   *
   * @param options of Java, before the class path
   * @param arguments of the class
   */
  public static List<String> of(List<String> options, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }
}
