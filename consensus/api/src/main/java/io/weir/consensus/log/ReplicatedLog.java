package io.weir.consensus.log;

import java.util.concurrent.CompletableFuture;

/**
 * One node's access to the log that all nodes of a cluster share. Thread-safe; futures are
 * completed on threads that must not be blocked.
 */
public interface ReplicatedLog extends AutoCloseable {

  /**
   * Appends a command and answers what this cluster's state machines made of it. A command may be
   * applied more than once when a leader dies: it carries a request id, or is a compare-and-set.
   *
   * @return the answer; or {@link LogUnavailable} when the command was certainly not and will never
   *     be appended; or {@link LogOutcomeUnknown} when it may have been, or still be. One of the
   *     three within the log's time limit, always
   */
  CompletableFuture<byte[]> submit(byte[] command);

  /**
   * Completes once the state machine of this node shows every command that was acknowledged
   * anywhere before this call. Calls that wait at the same time share one round of questions.
   *
   * @return nothing; or {@link LogUnavailable} within the log's time limit
   */
  CompletableFuture<Void> barrier();

  /**
   * Completes once the state machine of this node shows every command about one job, ledger entries
   * aside, that was acknowledged anywhere before this call. For algorithms that agree on each job
   * by itself; others wait for all.
   *
   * @return as of {@link #barrier()}
   */
  default CompletableFuture<Void> barrier(String job) {
    return barrier();
  }

  /** What this node knows of the cluster now, without asking anybody. */
  LogStatus status();

  /** Leaves in order: nothing is submitted any more, files are closed. */
  @Override
  void close();
}
