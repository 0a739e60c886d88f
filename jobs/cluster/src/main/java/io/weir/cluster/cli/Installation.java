package io.weir.cluster.cli;

import io.weir.cluster.ClusterSettings;
import io.weir.cluster.servers.FlinkLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/**
 * What the script says of where everything is.
 *
 * @param home the project's folder
 * @param libraries of Flink; the first is the one that the jobs are built for
 * @param jobJar with all jobs
 * @param storeClassPath a file
 */
record Installation(Path home, List<FlinkLibrary> libraries, Path jobJar, Path storeClassPath) {

  Installation {
    libraries = List.copyOf(libraries);
  }

  /** Of this process's system properties. */
  static Installation ofProcess() throws IOException {
    return new Installation(
        Path.of(System.getProperty("weir.home", ".")).toAbsolutePath().normalize(),
        FlinkLibrary.read(System.getProperty("weir.flink.classpaths", "")),
        Path.of(System.getProperty("weir.job.jar", "")),
        Path.of(System.getProperty("weir.store.classpath", "")));
  }

  Path defaultFolder() {
    return home.resolve("target").resolve("cluster");
  }

  /** A cluster in a folder, of some Flink or the one that the jobs are built for. */
  ClusterSettings settings(Path folder, Optional<FlinkLibrary> flink) {
    FlinkLibrary library = flink.orElse(libraries.get(0));
    return new ClusterSettings(home, folder, library, jobJar, storeClassPath, Map.of());
  }

  /**
   * Flink of a version.
   *
   * @throws TypeConversionException if there is none
   */
  FlinkLibrary library(String version) {
    try {
      return FlinkLibrary.of(version, libraries);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
