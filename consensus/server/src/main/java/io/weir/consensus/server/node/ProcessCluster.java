package io.weir.consensus.server.node;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes of a {@link ClusterFolder} as child processes. One owner's thread. */
public final class ProcessCluster implements AutoCloseable {

  private static final int LAST_LINES = 5;

  private final ClusterFolder folder;
  private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();

  private ProcessCluster(ClusterFolder folder) {
    this.folder = folder;
  }

  /** Prepares the folder and starts all nodes; they elect a leader within some seconds. */
  public static ProcessCluster start(ClusterFolder folder) throws IOException {
    folder.prepare();
    ProcessCluster cluster = new ProcessCluster(folder);
    for (String node : folder.nodes()) {
      cluster.start(node);
    }
    return cluster;
  }

  /** Starts a node that is not running. */
  public NodeProcess start(String node) throws IOException {
    NodeProcess started = NodeProcess.start(folder.settings(node), folder.output(node).toFile());
    nodes.put(node, started);
    return started;
  }

  public NodeProcess node(String name) {
    NodeProcess node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException(name + " is none of " + nodes.keySet());
    }
    return node;
  }

  public ClusterFolder folder() {
    return folder;
  }

  /** Whether a node has ended by itself, or was killed. */
  public boolean isWhole() {
    return nodes.values().stream().allMatch(NodeProcess::isAlive);
  }

  /** What nodes that have ended said last, by node: the end of their output. */
  public Map<String, String> lastWords() throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    for (Map.Entry<String, NodeProcess> node : nodes.entrySet()) {
      if (!node.getValue().isAlive()) {
        List<String> lines = Files.readAllLines(folder.output(node.getKey()));
        words.put(
            node.getKey(),
            String.join(
                "\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
      }
    }
    return words;
  }

  @Override
  public void close() {
    nodes.values().forEach(NodeProcess::askToEnd);
    nodes.values().forEach(NodeProcess::close);
  }
}
