package io.weir.consensus.server.paxos;

import java.util.List;

/**
 * What a proposer's node is and how patient it is.
 *
 * @param node its name
 * @param incarnation how often it was started, which must be durable
 * @param acceptors the names of all acceptors, fixed for the life of the cluster
 * @param attemptMillis within which a majority should have answered. Too short, and a busy disk
 *     makes every attempt fail; too long, and a lost message costs as much
 * @param backoffMillis the longest wait before the second attempt; doubled for each one after it,
 *     five times at most. Too short, and two proposers keep preempting each other
 */
public record Setting(
    String node,
    int incarnation,
    List<String> acceptors,
    int attemptMillis,
    int backoffMillis,
    Surroundings surroundings) {

  private static final int MAX_DOUBLINGS = 5;

  public Setting {
    acceptors = List.copyOf(acceptors);
    if (!acceptors.contains(node) || acceptors.size() % 2 == 0) {
      throw new IllegalArgumentException(node + " with acceptors " + acceptors);
    }
  }

  int quorum() {
    return acceptors.size() / 2 + 1;
  }

  void broadcast(Message.Request request) {
    acceptors.forEach(acceptor -> surroundings.send(acceptor, request));
  }

  /** Random, so that proposers that preempted each other do not do so again. */
  long backoff(int attempts) {
    int most = backoffMillis << Math.min(attempts, MAX_DOUBLINGS);
    return 1L + surroundings.random(most);
  }
}
