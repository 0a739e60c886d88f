package io.weir.consensus.server.paxos.node;

import io.weir.consensus.server.peers.PeerFailure;
import io.weir.consensus.server.peers.Peers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Names the node that makes the changes: the first one by name that answers. One proposer alone
 * needs one round trip for a change, and nobody to wait for. When nodes name different ones,
 * changes take longer, and nothing else.
 *
 * <p>Thread-safe.
 */
final class Preferred {

  static final String PING = "paxos-ping";
  static final Duration PING_EVERY = Duration.ofMillis(100);

  private static final byte[] NOTHING = {};

  private final PaxosSettings settings;
  private final Peers peers;
  private final Map<String, Long> heardNanos = new ConcurrentHashMap<>();

  Preferred(PaxosSettings settings, Peers peers) {
    this.settings = settings;
    this.peers = peers;
    peers.answer(PING, question -> CompletableFuture.completedFuture(NOTHING));
  }

  void ping() {
    for (Map.Entry<String, String> member : settings.members().entrySet()) {
      if (!member.getKey().equals(settings.node())) {
        CompletableFuture<?> unused =
            peers
                .ask(member.getValue(), PING, NOTHING)
                .whenComplete((answer, failure) -> heard(member.getKey(), failure));
      }
    }
  }

  /**
   * Takes what became of a question to a member: one whose connection ended is passed over at once;
   * one that is slow, when it is too slow.
   */
  void heard(String member, @Nullable Throwable failure) {
    if (failure == null) {
      heardNanos.put(member, System.nanoTime());
    } else if (failure.getCause() instanceof PeerFailure || failure instanceof PeerFailure) {
      heardNanos.remove(member);
    }
  }

  boolean isHeard(String member) {
    Long heard = heardNanos.get(member);
    return heard != null && System.nanoTime() - heard < settings.silence().toNanos();
  }

  String now() {
    return settings.members().keySet().stream()
        .filter(member -> member.equals(settings.node()) || isHeard(member))
        .findFirst()
        .orElse(settings.node());
  }
}
