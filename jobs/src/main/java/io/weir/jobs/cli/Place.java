package io.weir.jobs.cli;

import java.nio.file.Path;

/**
 * Where the program stands.
 *
 * @param home the project's folder, which holds {@code flink-conf}
 * @param terminal whether standard error is a terminal; the script knows, Java does not
 * @param screen whether standard output is one
 */
record Place(Path home, boolean terminal, boolean screen) {

  /**
   * As the script {@code weir} says by {@code -Dweir.home}, {@code -Dweir.terminal} and {@code
   * -Dweir.screen}.
   */
  static Place ofProcess() {
    return new Place(
        Path.of(System.getProperty("weir.home", "")).toAbsolutePath(),
        Boolean.getBoolean("weir.terminal"),
        Boolean.getBoolean("weir.screen"));
  }

  Path localProfile() {
    return home.resolve("flink-conf").resolve("local");
  }
}
