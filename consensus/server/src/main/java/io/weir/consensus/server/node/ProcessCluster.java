package io.weir.consensus.server.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes of a {@link ClusterFolder} as child processes. One owner's thread. */
public final class ProcessCluster implements AutoCloseable {

  private final ClusterFolder folder;
  private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();

  private ProcessCluster(ClusterFolder folder) {
    this.folder = folder;
  }

  /** Prepares the folder and starts all nodes, or none; they elect a leader within some seconds. */
  public static ProcessCluster start(ClusterFolder folder) throws IOException {
    folder.prepare();
    ProcessCluster cluster = new ProcessCluster(folder);
    try {
      for (String node : folder.nodes()) {
        cluster.start(node);
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
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

  /** Whether no node has ended by itself, or was killed. */
  public boolean isWhole() {
    return nodes.values().stream().allMatch(NodeProcess::isAlive);
  }

  /** Whether each node has said that it can be asked. */
  public boolean isReady() throws IOException {
    for (NodeProcess node : nodes.values()) {
      if (!node.isReady()) {
        return false;
      }
    }
    return true;
  }

  /** The nodes that have ended. */
  public List<EndedNode> ended() throws IOException {
    List<EndedNode> ended = new ArrayList<>();
    for (Map.Entry<String, NodeProcess> each : nodes.entrySet()) {
      NodeProcess node = each.getValue();
      if (!node.isAlive()) {
        ended.add(
            new EndedNode(
                each.getKey(),
                node.isReady(),
                node.exitCode(),
                folder.output(each.getKey()),
                node.lastWords()));
      }
    }
    return ended;
  }

  @Override
  public void close() {
    nodes.values().forEach(NodeProcess::askToEnd);
    nodes.values().forEach(NodeProcess::close);
  }
}
