package io.weir.jobs.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The log file of this process: {@code target/logs/weir-<process id>.log} in the project's folder.
 * Files of former runs go after a week.
 */
final class RunLog {

  private static final String FILE = "weir.log.file";
  private static final Duration KEPT = Duration.ofDays(7);

  private RunLog() {}

  /**
   * Says where to log; must come before anything makes a logger.
   *
   * @param profile its {@code log4j.properties} is used, or else the local profile's
   */
  static void start(Place place, Path profile) throws IOException {
    Path folder = place.home().resolve("target").resolve("logs");
    Files.createDirectories(folder);
    deleteOld(folder, InstantSource.system().instant().minus(KEPT));
    Path own = profile.resolve("log4j.properties");
    Path configuration = Files.exists(own) ? own : place.localProfile().resolve("log4j.properties");
    String file = folder.resolve("weir-" + ProcessHandle.current().pid() + ".log").toString();
    System.setProperty(FILE, file);
    // Where Flink's web UI looks for the log that it shows.
    System.setProperty("log.file", file);
    System.setProperty("log4j2.configurationFile", configuration.toUri().toString());
    System.setProperty("weir.line.start", place.terminal() ? Terminal.EMPTY_LINE : "");
  }

  /** The log file, if this process has one. */
  static Optional<String> current() {
    return Optional.ofNullable(System.getProperty(FILE));
  }

  private static void deleteOld(Path folder, Instant before) throws IOException {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "weir-*.log*")) {
      for (Path log : logs) {
        if (Files.getLastModifiedTime(log).toInstant().isBefore(before)) {
          Files.deleteIfExists(log);
        }
      }
    }
  }
}
