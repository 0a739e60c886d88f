package io.weir.benchmarks.store.sides;

import io.weir.benchmarks.frame.Workplace;
import io.weir.consensus.server.node.NodeProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The processes of a side. One thread's. */
public final class Servers {

  private final Workplace place;
  private final Path folder;
  private final Function<String, List<String>> command;
  private final Map<String, NodeProcess> running = new HashMap<>();

  /**
   * Starts all nodes.
   *
   * @param folder gets what they say, in a file {@code NODE.log} each
   * @param command that runs a node, and runs it again after its death
   */
  Servers(Workplace place, Path folder, Function<String, List<String>> command) throws Exception {
    this.place = place;
    this.folder = folder;
    this.command = command;
    for (String node : Side.NODES) {
      start(node);
    }
  }

  /** Starts a node that does not run. */
  public void start(String node) throws Exception {
    running.put(
        node,
        place.start(
            () ->
                NodeProcess.start(
                    folder.getFileName() + " " + node,
                    command.apply(node),
                    folder.resolve(node + ".log").toFile())));
  }

  /** Ends a node by {@code kill -9}, and returns once it is dead. */
  public void kill(String node) throws Exception {
    NodeProcess killed = running.remove(node);
    if (killed == null) {
      throw new IllegalStateException(node + " does not run");
    }
    killed.kill();
    place.close(killed);
  }

  /** The folder of what they say. */
  public Path folder() {
    return folder;
  }
}
