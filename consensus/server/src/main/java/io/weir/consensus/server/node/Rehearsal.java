package io.weir.consensus.server.node;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.lifecycle.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Does once what nodes do, in this process: starts three of them, has them used, and starts them
 * again over their data. So Java, told to ({@code -XX:ArchiveClassesAtExit}), can write down the
 * classes that takes; half of the processor time of a node's start is their loading.
 */
public final class Rehearsal {

  private static final int NODES = 3;
  private static final int STARTS = 2;
  private static final String JOB = "rehearsal";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Rehearsal() {}

  /** Leaves nothing behind. */
  public static void run() throws IOException, StartRefused, InvalidNodeSettings {
    Path folder = Files.createTempDirectory("weir-rehearsal");
    try {
      ClusterFolder cluster = new ClusterFolder(folder, NODES);
      cluster.prepare();
      for (int version = 0; version < STARTS; version++) {
        perform(cluster, version);
      }
    } finally {
      delete(folder);
    }
  }

  private static void perform(ClusterFolder cluster, int version)
      throws IOException, StartRefused, InvalidNodeSettings {
    List<ConfigurationNode> nodes = new ArrayList<>();
    try (HttpStore store =
        new HttpStore(new ClientFile(cluster.clientFile(), Map.of()).read().withCallLimit(LIMIT))) {
      for (String node : cluster.nodes()) {
        nodes.add(ConfigurationNode.start(NodeFile.read(cluster.settings(node))));
      }
      use(store, version);
    } finally {
      nodes.forEach(ConfigurationNode::close);
    }
  }

  private static void use(HttpStore store, int version) {
    store.registerSchema(JOB, "{\"type\": \"object\"}", UUID.randomUUID().toString()).join();
    store.propose(Proposal.of(JOB, version, new Change.Set("limit: 5"), JOB, "")).join();
    store.read(JOB).join();
    store.history(JOB, 1, STARTS).join();
    store.statuses().join();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
