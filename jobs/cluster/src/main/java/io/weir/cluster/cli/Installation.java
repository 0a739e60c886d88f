package io.weir.cluster.cli;

import io.weir.cluster.ClusterSettings;
import io.weir.cluster.servers.FlinkLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

  /**
   * A cluster in a folder.
   *
   * @param version of Flink; empty is the one that the jobs are built for
   * @throws IllegalArgumentException if there is no such Flink
   */
  ClusterSettings settings(Path folder, String version) {
    FlinkLibrary library =
        version.isEmpty() ? libraries.get(0) : FlinkLibrary.of(version, libraries);
    return new ClusterSettings(home, folder, library, jobJar, storeClassPath, Map.of());
  }
}
