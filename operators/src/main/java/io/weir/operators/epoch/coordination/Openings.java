package io.weir.operators.epoch.coordination;

import io.weir.operators.epoch.message.Welcome;
import io.weir.operators.epoch.protocol.Member;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** Attempts that open, and wait to hear under which version. Guarded by {@link JobEpochs}' lock. */
final class Openings {

  // Below the time that Flink waits for an answer (pekko.ask.timeout, 10 s).
  private static final Duration LONG_POLL = Duration.ofSeconds(2);

  private record Opening(CompletableFuture<CoordinationResponse> answer, long since) {}

  private final Map<Member, Opening> waiting = new HashMap<>();

  /** An attempt asks, perhaps again; what it asked before counts no more. */
  CompletableFuture<CoordinationResponse> add(Member member, long now) {
    Opening opening = new Opening(new CompletableFuture<>(), now);
    waiting.put(member, opening);
    return opening.answer();
  }

  void answer(Member member, Welcome welcome) {
    Opening opening = waiting.remove(member);
    if (opening != null) {
      opening.answer().complete(welcome.pack());
    }
  }

  void answerAll(Welcome welcome) {
    for (Member member : waiting.keySet().toArray(Member[]::new)) {
      answer(member, welcome);
    }
  }

  /** Has those ask again that have waited for long. */
  void answerOld(long now) {
    for (Map.Entry<Member, Opening> entry : Map.copyOf(waiting).entrySet()) {
      if (now - entry.getValue().since() >= LONG_POLL.toNanos()) {
        answer(entry.getKey(), Welcome.notYet());
      }
    }
  }

  void remove(Member member) {
    waiting.remove(member);
  }

  void removeAll(String operator) {
    waiting.keySet().removeIf(member -> member.place().operator().equals(operator));
  }
}
