package io.weir.jobs.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the configuration store is started: as a Java program of its own, because its libraries and
 * Flink's do not get along in one class path.
 *
 * @param home the project's folder
 * @param classPath a file that holds the program's class path in one line, or a folder of its jars
 */
public record StoreProgram(Path home, Path classPath) {

  private static final String MAIN = "io.weir.consensus.server.cli.ConsensusCommand";

  /** For the process that starts the nodes, and for each node. */
  private static final String PARENT_HEAP = "64m";

  private static final String NODE_HEAP = "256m";

  /**
   * The command that runs a cluster on this machine until its standard input ends.
   *
   * @throws IOException if the class path is missing
   */
  List<String> cluster(Path data, int nodes) throws IOException {
    if (!Files.exists(classPath)) {
      throw new IOException(
          "the configuration store's class path is not in '"
              + classPath
              + "'; start Weir by its script");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("consensus").resolve("server").resolve("jdk-opens.args"));
    // The nodes do as this process does: beside a job they start often, and have little to do.
    command.addAll(List.of("-Xmx" + PARENT_HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dweir.node.heap=" + NODE_HEAP);
    command.addAll(List.of("-cp", jars(), MAIN));
    command.addAll(List.of("server", "--cluster", String.valueOf(nodes)));
    command.addAll(List.of("--data", data.toString(), "--until-input-ends"));
    return command;
  }

  private String jars() throws IOException {
    return Files.isDirectory(classPath) ? classPath + "/*" : Files.readString(classPath);
  }
}
