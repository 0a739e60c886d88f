package io.weir.operators.epoch;

import static org.awaitility.Awaitility.await;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;

/** Changes the configuration of a job while it runs. Version n has the factor n. */
record Changes(SharedStore store) {

  /** Proposes a version as soon as the one before is in force. */
  void untilTheEnd(TestCluster.Running running, long version) {
    long last = version;
    while (!running.hasEnded()) {
      last = next(running, last);
    }
  }

  /** Proposes a version, and waits until it is in force or the job has ended. */
  long next(TestCluster.Running running, long version) {
    long next = store.set(version, Factor.document(version + 1)).version();
    await().atMost(TestCluster.PATIENCE).until(() -> inForce() >= next || running.hasEnded());
    return next;
  }

  private long inForce() {
    return store.ledger().stream()
        .filter(entry -> entry.outcome() == Outcome.IN_FORCE)
        .mapToLong(LedgerEntry::version)
        .max()
        .orElse(0);
  }
}
