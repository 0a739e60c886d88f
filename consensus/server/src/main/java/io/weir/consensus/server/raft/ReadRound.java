package io.weir.consensus.server.raft;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a majority up to where the log had been committed when the round began, without a
 * word in the log (after Ongaro, "Consensus: Bridging Theory and Practice", 2014, section 6.4, with
 * the reader asking the others itself).
 *
 * <p>INVARIANT: every node of a majority was in the leader's term after the round began. Who is
 * elected in a later term has a majority that left this term before; one node is in both, so that
 * election came after the beginning. So all that had been acknowledged by then was committed in
 * this term or in earlier ones; a leader has it, and knows it to be committed once an entry of its
 * own term is.
 *
 * <p>Thread-safe.
 */
final class ReadRound {

  private final long term;
  private final int quorum;
  private final Set<String> inTerm = new HashSet<>();
  private final CompletableFuture<Long> index = new CompletableFuture<>();
  private int waiting;
  private long committed = -1;

  /**
   * @param term of the leader, for all that is known here
   * @param members how many there are, all of which are asked
   */
  ReadRound(long term, int members) {
    this.term = term;
    this.quorum = members / 2 + 1;
    this.waiting = members;
  }

  /** Completes with the index, or fails when it will not be learned in this round. */
  CompletableFuture<Long> index() {
    return index;
  }

  /**
   * Takes what a member answered; once from each.
   *
   * @param position null when it did not answer
   */
  void answered(String member, @Nullable Position position) {
    if (takes(member, position)) {
      index.complete(committed);
    } else if (isLost()) {
      index.completeExceptionally(
          new IllegalStateException("no majority follows the leader of term " + term));
    }
  }

  private synchronized boolean takes(String member, @Nullable Position position) {
    waiting = position != null && position.term() > term ? 0 : waiting - 1;
    if (position != null && position.term() == term) {
      inTerm.add(member);
      // One that led in this term and started again knows less; it does not lead.
      committed = position.leads() ? position.committed() : committed;
    }
    return inTerm.size() >= quorum && committed >= 0;
  }

  private synchronized boolean isLost() {
    return waiting <= 0;
  }
}
