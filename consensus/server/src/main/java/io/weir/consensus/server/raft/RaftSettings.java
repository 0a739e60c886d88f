package io.weir.consensus.server.raft;

import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.StartRefused;
import io.weir.consensus.server.peers.PeerTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Raft node is started with.
 *
 * @param cluster the cluster's identity; a data directory of another cluster is refused
 * @param node this node's name, one of the members
 * @param members every member's name with its {@code host:port}; fixed for the life of the cluster
 * @param directory where the node keeps its log, votes and snapshots; nobody else's
 * @param electionTimeout how long a follower waits for its leader, at least; it takes up to twice
 *     as long. Too small: pauses of a busy machine depose leaders. Too large: writes stand still
 *     for longer when a leader dies
 * @param heartbeat how often a leader speaks, about a quarter of the election timeout
 * @param submitLimit within which a command or a barrier is answered, always
 * @param compactBytes size the log may reach before a snapshot takes its place; at least two
 *     segments. Every byte of the log costs about eight in memory
 * @param tls the node's certificate and whom it trusts; none only in tests
 */
public record RaftSettings(
    String cluster,
    String node,
    Map<String, String> members,
    Path directory,
    Duration electionTimeout,
    Duration heartbeat,
    Duration submitLimit,
    long compactBytes,
    @Nullable PeerTls tls) {

  /**
   * Largest log entry, and size of a log file.
   *
   * <p>INVARIANT: a file is no larger than the largest entry. Atomix' readers read ahead, and read
   * again only when less than the largest entry is left of that; in larger files a reader that is
   * behind a truncation goes on with the entries that were truncated. And a truncation zeroes twice
   * the largest entry only, so that in much larger files truncated entries follow the new ones.
   */
  static final int ENTRY_BYTES = 64 * 1024;

  static final int SEGMENT_BYTES = ENTRY_BYTES;

  /** Largest command: an entry less what Atomix and the batch write around it. */
  public static final int MAX_COMMAND_BYTES = 62 * 1024;

  private static final Duration ELECTION_TIMEOUT = Duration.ofMillis(400);
  private static final Duration HEARTBEAT = Duration.ofMillis(100);
  private static final Duration SUBMIT_LIMIT = Duration.ofSeconds(5);
  private static final long COMPACT_BYTES = 4L << 20;

  public RaftSettings {
    members = Map.copyOf(new LinkedHashMap<>(members));
    require(!cluster.isBlank(), "cluster", cluster, "a name");
    require(members.containsKey(node), "node", node, "one of the members " + members.keySet());
    require(members.size() % 2 == 1, "members", members.keySet(), "an odd number of names");
    require(
        members.values().stream().allMatch(RaftSettings::isAddress),
        "members",
        members.values(),
        "host:port each");
    require(
        electionTimeout.compareTo(heartbeat.multipliedBy(2)) >= 0,
        "electionTimeout",
        electionTimeout,
        "at least two heartbeats of " + heartbeat);
    require(heartbeat.toMillis() > 0, "heartbeat", heartbeat, "a millisecond or more");
    require(submitLimit.toMillis() > 0, "submitLimit", submitLimit, "a millisecond or more");
    require(
        compactBytes >= 2L * SEGMENT_BYTES, "compactBytes", compactBytes, "two segments or more");
  }

  /** Settings with the defaults, and without TLS. */
  public static RaftSettings of(
      String cluster, String node, Map<String, String> members, Path directory) {
    return new RaftSettings(
        cluster,
        node,
        members,
        directory,
        ELECTION_TIMEOUT,
        HEARTBEAT,
        SUBMIT_LIMIT,
        COMPACT_BYTES,
        null);
  }

  DataDirectory openDirectory() throws IOException, StartRefused {
    return DataDirectory.open(
        directory,
        DataDirectory.identity("1", cluster, node, members.keySet()),
        file -> LogFiles.isSegment(file) || VoteFile.isVoteFile(file));
  }

  /** This node's own. */
  String address() {
    return String.valueOf(members.get(node));
  }

  public RaftSettings withTls(PeerTls newTls) {
    return new RaftSettings(
        cluster,
        node,
        members,
        directory,
        electionTimeout,
        heartbeat,
        submitLimit,
        compactBytes,
        newTls);
  }

  public RaftSettings withTimeouts(Duration newElectionTimeout, Duration newHeartbeat) {
    return new RaftSettings(
        cluster,
        node,
        members,
        directory,
        newElectionTimeout,
        newHeartbeat,
        submitLimit,
        compactBytes,
        tls);
  }

  public RaftSettings withSubmitLimit(Duration newSubmitLimit) {
    return new RaftSettings(
        cluster,
        node,
        members,
        directory,
        electionTimeout,
        heartbeat,
        newSubmitLimit,
        compactBytes,
        tls);
  }

  public RaftSettings withCompactBytes(long newCompactBytes) {
    return new RaftSettings(
        cluster,
        node,
        members,
        directory,
        electionTimeout,
        heartbeat,
        submitLimit,
        newCompactBytes,
        tls);
  }

  private static boolean isAddress(String address) {
    return address.matches("[^:]+:\\d{1,5}");
  }

  private static void require(boolean holds, String key, Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(key + " is " + value + "; allowed is " + allowed);
    }
  }
}
