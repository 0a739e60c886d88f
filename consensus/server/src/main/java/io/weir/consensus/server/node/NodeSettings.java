package io.weir.consensus.server.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a node is started with.
 *
 * @param cluster the cluster's identity; data of another cluster is refused
 * @param algorithm by which the cluster agrees
 * @param node this node's name, one of the members
 * @param data the folder that is this node's alone
 * @param members every member's name with its {@code host:port} for the other nodes
 * @param peers how this node shows itself to the others
 * @param front how users and jobs reach this node
 * @param raft the algorithm's times
 */
public record NodeSettings(
    String cluster,
    Algorithm algorithm,
    String node,
    Path data,
    Map<String, String> members,
    Peers peers,
    FrontFiles front,
    Times raft) {

  /**
   * Mutual TLS between nodes.
   *
   * @param keyStore the node's key and certificate, PKCS#12
   * @param trustStore the authority of the nodes and nothing else, PKCS#12
   * @param passwordFile one line, which opens both
   */
  public record Peers(Path keyStore, Path trustStore, Path passwordFile) {}

  /**
   * HTTP over TLS.
   *
   * @param listen where; port 0 is not allowed, for clients must know it
   * @param certificate the chain, PEM
   * @param key PKCS#8, PEM
   * @param tokens who may do what
   */
  public record FrontFiles(InetSocketAddress listen, Path certificate, Path key, Path tokens) {}

  /**
   * The algorithm's times.
   *
   * @param electionTimeout silence of the leader after which another is elected, or of Paxos'
   *     preferred proposer after which it is passed over. Too small: a busy machine deposes its
   *     leaders; too large: writes stand still for longer when a leader dies
   * @param heartbeat how often Raft's leader speaks, at most half of the election timeout
   * @param submitLimit within which every command is answered
   */
  public record Times(Duration electionTimeout, Duration heartbeat, Duration submitLimit) {

    static final Times DEFAULT =
        new Times(Duration.ofMillis(400), Duration.ofMillis(100), Duration.ofSeconds(5));
  }

  public NodeSettings {
    members = Map.copyOf(members);
  }

  public NodeSettings withAlgorithm(Algorithm other) {
    return new NodeSettings(cluster, other, node, data, members, peers, front, raft);
  }
}
