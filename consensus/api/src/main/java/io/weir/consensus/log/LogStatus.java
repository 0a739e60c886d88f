package io.weir.consensus.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node's view of its cluster.
 *
 * @param node the node that was asked
 * @param role what it is now: leader, follower, candidate, or starting
 * @param leader the member it follows, if it knows one
 * @param term the term, or ballot, it is in
 * @param committed the highest index it knows to be committed
 * @param applied the highest index its state machine has seen
 * @param members all members, by name
 */
public record LogStatus(
    String node,
    String role,
    @Nullable String leader,
    long term,
    long committed,
    long applied,
    List<String> members) {

  public LogStatus {
    members = List.copyOf(members);
  }
}
