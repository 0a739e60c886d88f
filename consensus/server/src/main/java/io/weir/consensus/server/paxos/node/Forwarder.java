package io.weir.consensus.server.paxos.node;

import io.weir.consensus.log.LogOutcomeUnknown;
import io.weir.consensus.server.peers.Peers;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings commands to the node that makes the changes, and when that one is gone, to the next: if
 * every node carried out its own then, they would preempt each other. When it cannot do it, this
 * node tries by itself. A command that is carried out twice is known by its request id.
 *
 * <p>Within the {@link Loop}.
 */
final class Forwarder {

  private static final String SUBMIT = "paxos-submit";
  private static final int ANSWERED = 0;
  private static final int UNAVAILABLE = 1;
  private static final int UNKNOWN = 2;

  private final PaxosSettings settings;
  private final Peers peers;
  private final Loop loop;
  private final Preferred preferred;
  private final Consumer<Submission> performing;
  private final Map<Submission, String> away = new HashMap<>();

  Forwarder(
      PaxosSettings settings,
      Peers peers,
      Loop loop,
      Preferred preferred,
      Consumer<Submission> performing) {
    this.settings = settings;
    this.peers = peers;
    this.loop = loop;
    this.preferred = preferred;
    this.performing = performing;
  }

  /** Answers other nodes' commands, by what becomes of them here. */
  void open(java.util.function.Function<byte[], CompletableFuture<byte[]>> here) {
    peers.answer(SUBMIT, command -> here.apply(command).handle(Forwarder::encode));
  }

  void route(Submission submission) {
    String node = preferred.now();
    if (node.equals(settings.node())) {
      performing.accept(submission);
      return;
    }
    away.put(submission, node);
    submission.mayBeDone();
    CompletableFuture<?> unused =
        peers
            .ask(settings.address(node), SUBMIT, submission.bytes())
            .whenComplete(
                (answer, failure) -> {
                  preferred.heard(node, failure);
                  loop.execute(() -> answered(submission, node, answer));
                });
  }

  private void answered(Submission submission, String node, byte @Nullable [] answer) {
    if (!away.remove(submission, node) || submission.isDone()) {
      return; // on another way meanwhile, or given up
    }
    if (answer == null && !preferred.isHeard(node)) {
      route(submission);
    } else if (answer == null || answer[0] != ANSWERED) {
      performing.accept(submission);
    } else {
      submission.completeEncoded(Arrays.copyOfRange(answer, 1, answer.length));
    }
  }

  /** Takes back what is with a node that is not heard any more. */
  void takeBackLost() {
    List<Submission> back = new ArrayList<>();
    away.forEach(
        (submission, node) -> {
          if (submission.isDone() || !preferred.isHeard(node)) {
            back.add(submission);
          }
        });
    back.forEach(
        submission -> {
          away.remove(submission);
          route(submission);
        });
  }

  private static byte[] encode(byte @Nullable [] answer, @Nullable Throwable failure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (answer != null) {
      bytes.write(ANSWERED);
      bytes.writeBytes(answer);
    } else {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      bytes.write(cause instanceof LogOutcomeUnknown ? UNKNOWN : UNAVAILABLE);
    }
    return bytes.toByteArray();
  }
}
