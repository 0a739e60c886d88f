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
 * Brings commands to the node that makes the changes. When that does not answer, or is passed over,
 * this node carries them out itself: a command that is carried out twice is known by its request
 * id.
 *
 * <p>On the loop's thread.
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
            .whenComplete((answer, failure) -> loop.execute(() -> answered(submission, answer)));
  }

  private void answered(Submission submission, byte @Nullable [] answer) {
    if (away.remove(submission) == null || submission.isDone()) {
      return; // carried out here meanwhile, or given up
    }
    if (answer == null || answer[0] != ANSWERED) {
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
          performing.accept(submission);
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
