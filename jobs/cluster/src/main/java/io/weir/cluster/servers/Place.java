package io.weir.cluster.servers;

import io.weir.cluster.process.Program;
import io.weir.cluster.process.Roster;
import io.weir.cluster.process.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a cluster lives.
 *
 * @param project the project's folder, or an unpacked release
 * @param folder takes everything that the cluster writes
 * @param roster of its processes
 */
public record Place(Path project, Path folder, Roster roster) {

  static final String HOST = "127.0.0.1";

  private static final String MARK = ".weir-cluster";

  private static final List<String> LOGGING =
      List.of(
          "rootLogger.level = INFO",
          "rootLogger.appenderRef.console.ref = console",
          "appender.console.type = Console",
          "appender.console.name = console",
          "appender.console.layout.type = PatternLayout",
          "appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1.} - %m%n",
          // Brokers and their clients tell of every batch and group.
          "logger.kafka.name = kafka",
          "logger.kafka.level = WARN",
          "logger.clients.name = org.apache.kafka",
          "logger.clients.level = WARN",
          "logger.state.name = state.change.logger",
          "logger.state.level = WARN");

  /** Opens a folder, which is made where it is missing, and marks it as a cluster's. */
  public static Place open(Path project, Path folder) throws IOException {
    Path absolute = Files.createDirectories(folder.toAbsolutePath().normalize());
    Files.writeString(absolute.resolve(MARK), "");
    return new Place(project.toAbsolutePath().normalize(), absolute, Roster.of(absolute));
  }

  /** Whether a folder was a cluster's once, so that all in it may go. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(MARK));
  }

  /** A folder in the cluster's. */
  public Path make(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** The option by which every Java program of the cluster logs to its output. */
  String logging() throws IOException {
    Path file = folder.resolve("log4j.properties");
    if (!Files.exists(file)) {
      Files.write(file, LOGGING);
    }
    return "-Dlog4j2.configurationFile=" + file;
  }

  /** What the JVM of Flink and of its clients must be allowed. */
  String flinkOpens() {
    return "@" + project.resolve("flink-conf").resolve("jdk-opens.args");
  }

  Service service(Program program) {
    return new Service(roster, program);
  }
}
