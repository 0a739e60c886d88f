package io.weir.consensus.server.raft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Who waits for the state machine to reach an index. Thread-safe. */
final class AppliedIndex {

  private record Waiter(long index, CompletableFuture<Void> reached) {}

  private final PriorityQueue<Waiter> waiters =
      new PriorityQueue<>(Comparator.comparingLong(Waiter::index));
  private long applied;

  /** Completes on the thread that applies, or on the caller's when the index was reached. */
  CompletableFuture<Void> reached(long index) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    synchronized (this) {
      if (applied < index) {
        waiters.add(new Waiter(index, reached));
        return reached;
      }
    }
    reached.complete(null);
    return reached;
  }

  void advance(long index) {
    for (Waiter waiter : arrived(index)) {
      waiter.reached().complete(null);
    }
  }

  private synchronized List<Waiter> arrived(long index) {
    applied = Math.max(applied, index);
    List<Waiter> arrived = new ArrayList<>();
    for (Waiter w = waiters.peek(); w != null && w.index() <= applied; w = waiters.peek()) {
      arrived.add(waiters.remove());
    }
    return arrived;
  }
}
