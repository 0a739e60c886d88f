package io.weir.consensus.server.raft;

import io.weir.consensus.server.lifecycle.Halt;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Halts a node whose state machine stands still although commands are committed: an error was lost
 * on the way there, and only a restart mends that. One thread's.
 */
final class ProgressWatch {

  private final LongSupplier committed;
  private final LongSupplier applied;
  private final LongSupplier nanoTime;
  private final long patienceNanos;
  private final Halt halt;
  private long lastApplied = -1;
  private long sinceNanos;

  ProgressWatch(
      LongSupplier committed,
      LongSupplier applied,
      LongSupplier nanoTime,
      Duration patience,
      Halt halt) {
    this.committed = committed;
    this.applied = applied;
    this.nanoTime = nanoTime;
    this.patienceNanos = patience.toNanos();
    this.halt = halt;
  }

  void check() {
    long appliedNow = applied.getAsLong();
    long now = nanoTime.getAsLong();
    if (appliedNow != lastApplied || committed.getAsLong() <= appliedNow) {
      lastApplied = appliedNow;
      sinceNanos = now;
    } else if (now - sinceNanos > patienceNanos) {
      halt.now(
          "stands still at log index "
              + appliedNow
              + " although "
              + committed.getAsLong()
              + " is committed",
          null);
    }
  }
}
