package io.weir.cluster.faults;

import io.weir.cluster.Cluster;
import io.weir.cluster.faults.Fault.Group;
import io.weir.cluster.faults.Fault.Mending;
import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

  /** For a cluster; nothing, if the library is missing. */
  static Optional<FalseClock> of(Cluster cluster) throws IOException {
    try (Stream<Path> files = Files.find(LIBRARIES, 3, (file, type) -> file.endsWith(NAME))) {
      return files
          .findFirst()
          .map(library -> new FalseClock(cluster, library, cluster.folder().resolve("clock")));
    }
  }

  /** Replaces the TaskManagers by some whose clock can be set. To be done without a job. */
  void install() throws IOException, InterruptedException {
    Files.writeString(offset, RIGHT);
    Map<String, String> environment =
        Map.of(
            "LD_PRELOAD",
            library.toString(),
            "FAKETIME_TIMESTAMP_FILE",
            offset.toString(),
            "FAKETIME_CACHE_DURATION",
            "1",
            "DONT_FAKE_MONOTONIC",
            "1");
    for (Service taskManager : cluster.flink().taskManagers()) {
      taskManager.stop();
      cluster.flink().startAgain(taskManager, environment);
    }
    cluster.flink().awaitReady(Patience.of(Duration.ofMinutes(4)));
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
    Files.writeString(offset, AN_HOUR_AHEAD);
    return () -> Files.writeString(offset, RIGHT);
  }
}
