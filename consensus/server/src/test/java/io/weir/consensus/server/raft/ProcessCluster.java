package io.weir.consensus.server.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** Three nodes in processes of their own, which can be killed and paused. */
public final class ProcessCluster implements AutoCloseable {

  private final Path directory;
  private final Map<String, String> members;
  private final Map<String, NodeProcess> nodes = new ConcurrentHashMap<>();

  private ProcessCluster(Path directory) throws IOException {
    this.directory = directory;
    this.members = LocalCluster.freeAddresses(3);
  }

  public static ProcessCluster start(Path directory) throws IOException {
    ProcessCluster cluster = new ProcessCluster(directory);
    cluster.members.keySet().forEach(cluster::startNode);
    cluster.awaitLeader();
    return cluster;
  }

  public List<String> names() {
    return List.copyOf(members.keySet());
  }

  public NodeProcess startNode(String name) {
    NodeProcess node = NodeProcess.start(name, directory.resolve(name), members);
    nodes.put(name, node);
    return node;
  }

  public NodeProcess node(String name) {
    NodeProcess node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return node;
  }

  /** The running, not paused node that says it leads, and leads the highest term. */
  public String awaitLeader() {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(this::leader, name -> !name.isEmpty());
  }

  private String leader() {
    String leader = "";
    long term = 0;
    for (String name : names()) {
      if (node(name).answers()) {
        String[] status = node(name).ask("status").join().split(" ", -1);
        if (status[1].equals("leader") && Long.parseLong(status[3]) > term) {
          leader = name;
          term = Long.parseLong(status[3]);
        }
      }
    }
    return leader;
  }

  @Override
  public void close() {
    nodes.values().forEach(NodeProcess::close);
  }
}
