package io.weir.consensus.server.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.consensus.log.LogStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** Three nodes with a {@link Journal} each, in this process. */
public final class LocalCluster implements AutoCloseable {

  private final Path directory;
  private final UnaryOperator<RaftSettings> change;
  private final Map<String, String> members;
  private final Map<String, RaftLog> logs = new ConcurrentHashMap<>();
  private final Map<String, Journal> journals = new ConcurrentHashMap<>();
  private final Map<String, String> halts = new ConcurrentHashMap<>();

  private LocalCluster(Path directory, UnaryOperator<RaftSettings> change) throws IOException {
    this.directory = directory;
    this.change = change;
    this.members = freeAddresses(3);
  }

  public static LocalCluster start(Path directory) throws Exception {
    return start(directory, settings -> settings);
  }

  public static LocalCluster start(Path directory, UnaryOperator<RaftSettings> change)
      throws Exception {
    LocalCluster cluster = new LocalCluster(directory, change);
    for (String node : cluster.members.keySet()) {
      cluster.startNode(node);
    }
    cluster.awaitLeader();
    return cluster;
  }

  /** Names a, b, c with addresses nobody listens on. */
  public static Map<String, String> freeAddresses(int size) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      members.put(String.valueOf((char) ('a' + i)), "127.0.0.1:" + socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return members;
  }

  public RaftLog startNode(String node) throws Exception {
    return startNode(node, new Journal());
  }

  public RaftLog startNode(String node, Journal journal) throws Exception {
    RaftLog log =
        RaftLog.start(settings(node), journal, (reason, cause) -> halts.put(node, reason));
    journals.put(node, journal);
    logs.put(node, log);
    return log;
  }

  public RaftSettings settings(String node) {
    return change.apply(
        RaftSettings.of("test", node, members, directory.resolve(node))
            .withSubmitLimit(Duration.ofSeconds(30)));
  }

  public List<String> nodes() {
    return List.copyOf(members.keySet());
  }

  public RaftLog log(String node) {
    return present(logs, node);
  }

  public Journal journal(String node) {
    return present(journals, node);
  }

  /** Why nodes halted, by node. */
  public Map<String, String> halts() {
    return halts;
  }

  public String awaitLeader() {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                logs.values().stream()
                    .map(RaftLog::status)
                    .filter(status -> status.role().equals("leader"))
                    .map(LogStatus::node)
                    .findFirst()
                    .orElse(""),
            leader -> !leader.isEmpty());
  }

  /** A node that is not the leader. */
  public String follower() {
    String leader = awaitLeader();
    return nodes().stream().filter(node -> !node.equals(leader)).findFirst().orElseThrow();
  }

  /** Submits at a node and waits for the answer. */
  public String submit(String node, String command) throws Exception {
    return new String(log(node).submit(Journal.bytes(command)).get(60, TimeUnit.SECONDS), UTF_8);
  }

  public void closeNode(String node) {
    RaftLog log = logs.remove(node);
    if (log != null) {
      log.close();
    }
  }

  public void restartAll() throws Exception {
    closeAll();
    for (String node : nodes()) {
      startNode(node);
    }
    awaitLeader();
  }

  @Override
  public void close() {
    closeAll();
  }

  private void closeAll() {
    CompletableFuture.allOf(
            nodes().stream()
                .map(node -> CompletableFuture.runAsync(() -> closeNode(node)))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static <T> T present(Map<String, T> map, String node) {
    T value = map.get(node);
    if (value == null) {
      throw new IllegalStateException(node + " is not running");
    }
    return value;
  }
}
