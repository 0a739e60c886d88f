package io.weir.consensus.server.paxos.node;

import io.weir.consensus.server.peers.PeerTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a Paxos node is started with.
 *
 * @param cluster the cluster's identity; a data directory of another cluster is refused
 * @param node this node's name, one of the members
 * @param members every member's name with its {@code host:port}; fixed for the life of the cluster
 * @param directory where the acceptor keeps its log; nobody else's
 * @param submitLimit within which a command or a barrier is answered, always
 * @param silence after which the preferred proposer is passed over. Too small: pauses of a busy
 *     machine make two nodes compete; too large: changes stand still for longer when it hangs. One
 *     that ends is noticed at once
 * @param compactBytes size that the log may reach before it is written anew
 * @param tls the node's certificate and whom it trusts; none only in tests
 */
public record PaxosSettings(
    String cluster,
    String node,
    Map<String, String> members,
    Path directory,
    Duration submitLimit,
    Duration silence,
    long compactBytes,
    @Nullable PeerTls tls) {

  private static final Duration SUBMIT_LIMIT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofMillis(400);
  private static final long COMPACT_BYTES = 8L << 20;

  public PaxosSettings {
    members = new TreeMap<>(members);
    if (!members.containsKey(node) || members.size() % 2 == 0) {
      throw new IllegalArgumentException(
          "node "
              + node
              + ", members "
              + members.keySet()
              + ": an odd number with the node needed");
    }
  }

  /** Settings with the defaults, and without TLS. */
  public static PaxosSettings of(
      String cluster, String node, Map<String, String> members, Path directory) {
    return new PaxosSettings(
        cluster, node, members, directory, SUBMIT_LIMIT, SILENCE, COMPACT_BYTES, null);
  }

  public PaxosSettings withTls(PeerTls newTls) {
    return new PaxosSettings(
        cluster, node, members, directory, submitLimit, silence, compactBytes, newTls);
  }

  public PaxosSettings withSubmitLimit(Duration newLimit) {
    return new PaxosSettings(
        cluster, node, members, directory, newLimit, silence, compactBytes, tls);
  }

  public PaxosSettings withSilence(Duration newSilence) {
    return new PaxosSettings(
        cluster, node, members, directory, submitLimit, newSilence, compactBytes, tls);
  }

  public PaxosSettings withCompactBytes(long newBytes) {
    return new PaxosSettings(
        cluster, node, members, directory, submitLimit, silence, newBytes, tls);
  }

  String address(String member) {
    String address = members.get(member);
    if (address == null) {
      throw new IllegalArgumentException(member + " is none of " + members.keySet());
    }
    return address;
  }
}
