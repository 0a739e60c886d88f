package io.weir.operators.epoch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.metrics.EpochMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreFollowerTest implements StoreFollower.Listener {

  private static final String JOB = "numbers";

  private final RegisterStore store =
      RegisterStore.inMemory(
          DocumentCheck.none(), InstantSource.fixed(Instant.EPOCH), Runnable::run);
  private final WatchedStore watched = new WatchedStore(store);
  private final PendingTasks executor = new PendingTasks();
  private final List<Long> agreed = new ArrayList<>();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void looksOnceASecondHoweverOftenAWatchHasMadeItLook() throws Exception {
    Revision first = propose(1);
    follow();

    for (int i = 0; i < 50; i++) {
      watched.listeners.get(0).onRevision(first);
      executor.settle();
    }

    assertThat(executor.pending()).isEqualTo(1);
    assertThat(agreed).containsExactly(1L);
  }

  @Test
  void looksOnceASecondHoweverManyWatchesHaveEnded() throws Exception {
    propose(1);
    follow();

    for (int i = 0; i < 50; i++) {
      watched.listeners.get(i).onEnd(new StoreException.Unavailable("away"));
      executor.settle();
    }
    propose(2);
    executor.settle();

    assertThat(executor.pending()).isEqualTo(1);
    assertThat(watched.listeners).hasSize(51);
    assertThat(agreed).containsExactly(1L, 2L);
  }

  private Revision propose(long version) {
    Change change = new Change.Set("factor: " + version);
    store.propose(Proposal.of(JOB, version - 1, change, "t", "")).join();
    return store.read(JOB).join();
  }

  private void follow() throws Exception {
    Objects.requireNonNull(
        StoreFollower.start(
            EpochSettings.following(JOB, watched::client),
            "{}",
            null,
            executor,
            new EpochMetrics(),
            this));
    executor.settle();
  }

  @Override
  public void agreed(Document document, Instant time) {
    agreed.add(document.version());
  }

  @Override
  public void unusable(Document document, String reason) {
    throw new AssertionError(reason);
  }

  @Override
  public void apart(VersionId held, String reason) {
    throw new AssertionError(reason);
  }
}
