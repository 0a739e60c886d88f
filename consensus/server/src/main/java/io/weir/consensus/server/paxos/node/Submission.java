package io.weir.consensus.server.paxos.node;

import io.weir.consensus.log.LogOutcomeUnknown;
import io.weir.consensus.log.LogUnavailable;
import io.weir.consensus.register.Answer;
import io.weir.consensus.register.AnswerCodec;
import io.weir.consensus.register.Command;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command on its way to being agreed on, until its limit of time. Within the {@link Loop}. */
final class Submission {

  private final byte[] bytes;
  private final Command command;
  private final long deadlineNanos;
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
  private boolean mayBeDone;
  private String reason = "no majority of the nodes answers";

  Submission(byte[] bytes, Command command, long limitMillis) {
    this.bytes = bytes;
    this.command = command;
    this.deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
  }

  byte[] bytes() {
    return bytes;
  }

  Command command() {
    return command;
  }

  CompletableFuture<byte[]> answer() {
    return answer;
  }

  boolean isDone() {
    return answer.isDone();
  }

  long leftMillis() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
  }

  void complete(Answer given) {
    answer.complete(AnswerCodec.encode(given));
  }

  void completeEncoded(byte[] given) {
    answer.complete(given);
  }

  /** From here on nobody knows whether it was done, until an answer says so. */
  void mayBeDone() {
    mayBeDone = true;
  }

  void because(String why) {
    reason = why;
  }

  void giveUp() {
    answer.completeExceptionally(
        mayBeDone
            ? new LogOutcomeUnknown(reason + "; the change may have been made")
            : new LogUnavailable(reason));
  }
}
