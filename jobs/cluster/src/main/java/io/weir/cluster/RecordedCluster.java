package io.weir.cluster;

import io.weir.cluster.process.Roster;
import io.weir.cluster.servers.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A cluster that goes on when this process has ended, and is found again by its folder. */
public final class RecordedCluster {

  private RecordedCluster() {}

  /**
   * Starts a cluster, and leaves it running. What an earlier one left in the folder is removed.
   *
   * @throws IOException if one runs there, if the folder holds something else, or if it does not
   *     start
   */
  public static void start(ClusterSettings settings) throws IOException, InterruptedException {
    Path folder = settings.folder().toAbsolutePath().normalize();
    if (Place.isIn(folder) && Roster.of(folder).running().isEmpty()) {
      remove(folder);
    }
    Cluster cluster = Cluster.start(settings);
    Addresses.of(cluster).write(folder);
    cluster.leave();
  }

  /**
   * Ends the processes of a folder, the logs stay.
   *
   * @return how many ran
   * @throws IOException if no cluster was started there
   */
  public static int stop(Path folder) throws IOException {
    Roster roster = Roster.of(folder);
    if (roster.processes().isEmpty()) {
      throw new IOException("no cluster runs in " + folder);
    }
    int running = roster.running().size();
    roster.endAll();
    return running;
  }

  /** Removes a folder with everything in it. */
  public static void remove(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
