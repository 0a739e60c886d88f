package io.weir.jobs.cli;

import io.weir.jobs.local.StoreProgram;
import java.nio.file.Path;

/**
 * Where the program stands.
 *
 * @param home the project's folder, which holds {@code flink-conf}
 * @param terminal whether standard error is a terminal; the script knows, Java does not
 * @param screen whether standard output is one
 * @param storeClassPath a file with the class path of the configuration store's program
 */
record Place(Path home, boolean terminal, boolean screen, Path storeClassPath) {

  /**
   * As the script {@code weir} says by {@code -Dweir.home}, {@code -Dweir.terminal}, {@code
   * -Dweir.screen} and {@code -Dweir.store.classpath}.
   */
  static Place ofProcess() {
    return new Place(
        Path.of(System.getProperty("weir.home", "")).toAbsolutePath(),
        Boolean.getBoolean("weir.terminal"),
        Boolean.getBoolean("weir.screen"),
        Path.of(System.getProperty("weir.store.classpath", "")));
  }

  StoreProgram store() {
    return new StoreProgram(home, storeClassPath);
  }

  Path localProfile() {
    return home.resolve("flink-conf").resolve("local");
  }
}
