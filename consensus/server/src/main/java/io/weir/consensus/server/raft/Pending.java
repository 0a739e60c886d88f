package io.weir.consensus.server.raft;

import io.weir.consensus.log.LogOutcomeUnknown;
import io.weir.consensus.log.LogUnavailable;
import java.util.concurrent.CompletableFuture;

/** A command that waits for its answer, or a barrier when there is no command. */
final class Pending {

  private static final byte[] NONE = {};

  private final byte[] command;
  private final boolean isBarrier;
  private final long deadlineNanos;
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
  private boolean sent;

  private Pending(byte[] command, boolean isBarrier, long deadlineNanos) {
    this.command = command;
    this.isBarrier = isBarrier;
    this.deadlineNanos = deadlineNanos;
  }

  static Pending command(byte[] command, long deadlineNanos) {
    return new Pending(command, false, deadlineNanos);
  }

  static Pending barrier(long deadlineNanos) {
    return new Pending(NONE, true, deadlineNanos);
  }

  byte[] command() {
    return command;
  }

  boolean isBarrier() {
    return isBarrier;
  }

  /** What it takes of a batch. */
  int batchBytes() {
    return Batch.PART_BYTES + command.length;
  }

  CompletableFuture<byte[]> answer() {
    return answer;
  }

  /** From now on it may be in the log. */
  void sent() {
    sent = true;
  }

  boolean isExpired(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  /** Gives up, with the most that is known about what became of it. */
  void giveUp(String reason) {
    answer.completeExceptionally(
        sent && !isBarrier
            ? new LogOutcomeUnknown(reason + "; the command may have been appended")
            : new LogUnavailable(reason));
  }
}
