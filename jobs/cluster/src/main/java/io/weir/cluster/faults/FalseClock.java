package io.weir.cluster.faults;

import io.weir.cluster.Cluster;
import io.weir.cluster.faults.Fault.Group;
import io.weir.cluster.faults.Fault.Mending;
import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Service;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of the TaskManagers, by libfaketime where that is installed (Debian's package
 * {@code faketime}); as with a real jump, the monotonic clock goes on.
 *
 * @param library to be loaded into the processes
 * @param offset the file that says how wrong the clock is
 */
record FalseClock(Cluster cluster, Path library, Path offset) {

  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String NAME = "libfaketimeMT.so.1";
  private static final String RIGHT = "+0\n";
  private static final String AN_HOUR_AHEAD = "+3600\n";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm:", Locale.ROOT);

  /** For a cluster; nothing, if the library is missing. */
  static Optional<FalseClock> of(Cluster cluster) throws IOException {
    return places().stream()
        .map(folder -> folder.resolve("faketime").resolve(NAME))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(library -> new FalseClock(cluster, library, cluster.folder().resolve("clock")));
  }

  /** Debian has a folder for each kind of processor. */
  private static List<Path> places() throws IOException {
    if (!Files.isDirectory(LIBRARIES)) {
      return List.of();
    }
    List<Path> places = new ArrayList<>(List.of(LIBRARIES));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(LIBRARIES)) {
      folders.forEach(places::add);
    }
    return places;
  }

  /** Replaces the TaskManagers by some whose clock can be set. To be done without a job. */
  void install() throws IOException, InterruptedException {
    Files.writeString(offset, RIGHT);
    cluster.flink().replaceTaskManagers(environment(), patience());
  }

  private Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "DONT_FAKE_MONOTONIC", "1",
        // Otherwise each idle JVM takes most of a processor (seen with 0.9.10).
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  Fault fault() {
    return new Fault(
        "clock of the TaskManagers an hour ahead, and back",
        Group.TASK_MANAGERS,
        Duration.ofSeconds(10),
        false,
        job -> jump());
  }

  private Mending jump() throws IOException {
    Instant since = Instant.now();
    Files.writeString(offset, AN_HOUR_AHEAD);
    return () -> {
      patience().until("a TaskManager's hour ahead", () -> Optional.of(hasJumped(since)));
      Files.writeString(offset, RIGHT);
    };
  }

  /** Whether one has logged, as it does with each checkpoint, what bears the wrong time. */
  private boolean hasJumped(Instant since) {
    List<String> outputs = cluster.flink().taskManagers().stream().map(Service::output).toList();
    LocalDateTime ahead = LocalDateTime.ofInstant(since, ZoneId.systemDefault()).plusHours(1);
    LocalDateTime end = LocalDateTime.now(ZoneId.systemDefault()).plusHours(1);
    for (; !ahead.isAfter(end); ahead = ahead.plusMinutes(1)) {
      String line = "\n" + MINUTE.format(ahead);
      if (outputs.stream().anyMatch(output -> output.contains(line))) {
        return true;
      }
    }
    return false;
  }

  private static Patience patience() {
    return Patience.of(Duration.ofMinutes(4));
  }
}
