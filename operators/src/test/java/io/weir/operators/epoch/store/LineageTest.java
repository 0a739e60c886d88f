package io.weir.operators.epoch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import io.weir.operators.epoch.store.Lineage.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LineageTest {

  private static final String JOB = "numbers";

  // Equal proposals at equal times make equal histories.
  private final ConfigurationStore store = store();
  private final ConfigurationStore other = store();

  private static ConfigurationStore store() {
    return RegisterStore.inMemory(
        DocumentCheck.none(), InstantSource.fixed(Instant.EPOCH), Runnable::run);
  }

  /** Brings a store to a version, with documents that say which. */
  private static Revision fill(ConfigurationStore target, String text, long from, long to) {
    Revision last = null;
    for (long version = from; version <= to; version++) {
      last = propose(target, version - 1, new Change.Set(text + version));
    }
    return Objects.requireNonNull(last);
  }

  private static Revision propose(ConfigurationStore target, long expected, Change change) {
    String request = "request " + (expected + 1);
    return target.propose(new Proposal(JOB, expected, change, "t", "", request)).join();
  }

  private Finding find(Revision held) {
    return Lineage.find(store, VersionId.of(held), store.read(JOB).join()).join();
  }

  @Test
  void leadsFromAVersionOfTheHistoryHoweverLongAgo() {
    Revision held = fill(store, "a", 1, 2);
    fill(store, "a", 3, 230);

    assertThat(find(held)).isEqualTo(new Finding(true, null));
  }

  @Test
  void knowsTheSameHistoryInAnotherStore() {
    Revision held = fill(other, "a", 1, 3);
    fill(store, "a", 1, 4);

    assertThat(find(held).leads()).isTrue();
  }

  @Test
  void doesNotLeadFromAVersionThatTheStoreForgotOrNeverHad() {
    Revision held = fill(other, "a", 1, 5);
    fill(store, "a", 1, 3);
    assertThat(find(held).leads()).isFalse();
    fill(store, "b", 4, 5);
    assertThat(find(held).leads()).isFalse();
    fill(store, "b", 6, 140);

    assertThat(find(held).leads()).isFalse();
  }

  @Test
  void leadsFromWhatWasAbandonedByAnAdoptionHoweverLongAgo() {
    Revision held = fill(other, "a", 1, 5);
    fill(store, "a", 1, 3);
    Revision adoption = propose(store, 3, new Change.Adopt(VersionId.of(held)));

    assertThat(find(held)).isEqualTo(new Finding(true, withContent(adoption)));
    fill(store, "b", 5, 230);
    assertThat(find(held).leads()).isTrue();
    assertThat(find(held).adoption()).extracting(Revision::version).isEqualTo(4L);
  }

  private Revision withContent(Revision revision) {
    return store.history(JOB, revision.version(), 1).join().get(0);
  }

  @Test
  void leadsFromNothingButWhatTheAdoptionNames() {
    Revision before = fill(other, "a", 1, 4);
    Revision held = fill(other, "a", 5, 5);
    Revision after = fill(other, "a", 6, 6);
    fill(store, "a", 1, 3);
    propose(store, 3, new Change.Adopt(VersionId.of(held)));

    assertThat(find(before).leads()).isFalse();
    assertThat(find(after).leads()).isFalse();
    assertThat(find(held).leads()).isTrue();
  }

  @Test
  void doesNotKnowAnAdoptionThatIsGone() {
    Revision held = fill(other, "a", 1, 5);
    fill(store, "a", 1, 3);
    propose(store, 3, new Change.Adopt(VersionId.of(held)));
    fill(store, "b", 5, 4 + Limits.VERSIONS);

    assertThat(find(held).leads()).isFalse();
  }

  @Test
  void leavesVersionsThatCameSinceForTheNextLook() {
    Revision held = fill(store, "a", 1, 2);
    Revision newest = fill(store, "a", 3, 3);
    fill(store, "a", 4, 80);

    assertThat(Lineage.find(store, VersionId.of(held), newest).join().leads()).isTrue();
  }

  @Test
  void leadsFromVersionsOfABackupAndFromNoneBehindIt() {
    Revision held = fill(other, "a", 1, 2);
    Revision newest = fill(other, "a", 3, 4);
    List<Revision> backup = other.history(JOB, 1, 10).join();
    Revision beyond = fill(other, "a", 5, 5);

    store.beginRestore(JOB, VersionId.of(newest)).join();
    backup.forEach(revision -> store.restore(revision).join());

    assertThat(find(held).leads()).isTrue();
    assertThat(find(newest).leads()).isTrue();
    assertThat(find(beyond).leads()).isFalse();
  }

  @Test
  void hasNoAnswerWhereTheStoreHasNone() {
    Revision held = fill(other, "a", 1, 2);

    assertThat(Lineage.find(store, VersionId.of(held), held))
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withCauseInstanceOf(StoreException.UnknownJob.class);
  }
}
