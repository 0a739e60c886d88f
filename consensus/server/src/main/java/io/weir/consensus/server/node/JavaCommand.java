package io.weir.consensus.server.node;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a child starts with the Java, the options and the libraries of its parent. */
final class JavaCommand {

  private static final String MAIN = "io.weir.consensus.server.cli.NodeRun";

  private static final List<String> INHERITED =
      List.of("--add-opens=", "-XX:SharedArchiveFile=", "-Xlog:cds", "-XX:TieredStopAtLevel=");

  private JavaCommand() {}

  /**
   * The command of a node up to its settings file. A node's heap is bounded, and a node whose heap
   * is full ends: going on, Atomix would swallow the error and stay behind for ever. The second
   * compiler waits ten times as long as usual, because it took a third of the processor time of a
   * start.
   */
  static List<String> ofThisProcess() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(JavaCommand::isInherited)
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx" + System.getProperty("weir.node.heap", "512m"),
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN));
    return command;
  }

  /**
   * What the parent opened in the JDK, the archive of classes that goes with its libraries, and
   * whether it does without the second compiler.
   */
  private static boolean isInherited(String argument) {
    return INHERITED.stream().anyMatch(argument::startsWith);
  }
}
