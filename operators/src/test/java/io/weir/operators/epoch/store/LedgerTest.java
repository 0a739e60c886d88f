package io.weir.operators.epoch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import io.weir.operators.epoch.message.Document;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private final WatchedStore away =
      new WatchedStore(
          RegisterStore.inMemory(
              DocumentCheck.none(), InstantSource.fixed(Instant.EPOCH), Runnable::run));
  private final PendingTasks executor = new PendingTasks();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void whileTheStoreIsAwayEntriesWaitForTheEndOfOnePause() throws Exception {
    Ledger ledger = new Ledger("numbers", away.client(), executor);

    for (int version = 1; version <= 50; version++) {
      ledger.inForce("a", version, new Document(version, "%064x".formatted(version), ""), 2);
      executor.settle();
    }

    assertThat(executor.pending()).isEqualTo(1);
    assertThat(away.entriesRefused()).isEqualTo(1);
  }
}
