package io.weir.consensus.contract;

import static io.weir.consensus.contract.StoreUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Limits;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.Watch;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A job comes back from a backup, whole, and as it was. */
@SuppressWarnings("try") // A watch lasts as long as the block that opens it.
interface RestorationContract extends StoreUnderTest {

  @Test
  default void restoresVersionsWithTheirNumbersHashesAndContents() {
    List<Revision> backup = backup(3);

    restore(backup);

    assertThat(get(store().history(job(), 1, 10))).isEqualTo(backup);
    assertThat(get(store().read(job()))).isEqualTo(backup.get(2));
    assertThat(get(store().jobs())).contains(job());
  }

  @Test
  default void goesOnFromWhatWasRestored() {
    List<Revision> backup = backup(3);
    restore(backup);

    Revision next = get(store().propose(proposal(3, new Change.Set("limit: 4"))));

    assertThat(Chain.follows(next, backup.get(2))).isTrue();
    assertThat(get(store().propose(proposal(4, new Change.Rollback(1)))).version()).isEqualTo(5);
    assertThat(get(store().read(job())).content()).contains("limit: 1");
  }

  @Test
  default void restoresATombstoneAndWhatHadLostItsContent() {
    RegisterStore lost = lost(Limits.VERSIONS_WITH_CONTENT + 3);
    long newest = Limits.VERSIONS_WITH_CONTENT + 4;
    get(lost.propose(proposal(newest - 1, new Change.Delete())));
    List<Revision> backup = get(lost.history(job(), 2, Limits.VERSIONS));
    assertThat(backup.get(0).content()).isEmpty();

    restore(backup);

    assertThat(get(store().history(job(), 1, Limits.VERSIONS))).isEqualTo(backup);
    assertThat(get(store().read(job())).isTombstone()).isTrue();
  }

  @Test
  default void showsNothingOfAJobUntilItIsWhole() {
    List<Revision> backup = backup(3);
    CollectedVersions seen = new CollectedVersions();

    try (Watch watch = store().watch(job(), 1, seen)) {
      get(store().beginRestore(job(), VersionId.of(backup.get(2))));
      get(store().restore(backup.get(0)));
      get(store().restore(backup.get(1)));

      assertThatThrownBy(() -> get(store().read(job())))
          .isInstanceOf(StoreException.UnknownJob.class);
      assertThatThrownBy(() -> get(store().history(job(), 1, 9)))
          .isInstanceOf(StoreException.UnknownJob.class);
      assertThat(get(store().jobs())).doesNotContain(job());
      assertThat(seen.revisions).isEmpty();
      get(store().restore(backup.get(2)));
      await().atMost(SOON).until(() -> seen.revisions.size() == 3);
    }

    assertThat(seen.revisions).isEqualTo(backup);
    assertThat(seen.ends).isEmpty();
  }

  @Test
  default void refusesProposalsUntilTheJobIsWhole() {
    List<Revision> backup = backup(2);
    get(store().beginRestore(job(), VersionId.of(backup.get(1))));
    get(store().restore(backup.get(0)));

    for (long expected : new long[] {0, 1}) {
      assertThatThrownBy(() -> get(store().propose(proposal(expected, new Change.Set("limit: 9")))))
          .isInstanceOf(StoreException.InvalidRequest.class)
          .hasMessageContaining("is being restored");
    }
    get(store().restore(backup.get(1)));

    assertThat(get(store().history(job(), 1, 10))).isEqualTo(backup);
  }

  @Test
  default void goesOnWhereARestorationWasInterrupted() {
    List<Revision> backup = backup(4);
    VersionId newest = VersionId.of(backup.get(3));
    assertThat(get(store().beginRestore(job(), newest))).isEmpty();
    get(store().restore(backup.get(0)));
    get(store().restore(backup.get(1)));

    Optional<Revision> here = get(store().beginRestore(job(), newest));

    assertThat(here).contains(backup.get(1).withDocument(null));
    backup.forEach(revision -> get(store().restore(revision)));
    assertThat(get(store().history(job(), 1, 10))).isEqualTo(backup);
  }

  @Test
  default void changesNothingWhenAWholeJobIsRestoredAgain() {
    List<Revision> backup = backup(2);
    restore(backup);
    get(store().propose(proposal(2, new Change.Set("limit: 3"))));

    Optional<Revision> here = get(store().beginRestore(job(), VersionId.of(backup.get(1))));

    assertThat(here).contains(backup.get(1).withDocument(null));
    backup.forEach(revision -> get(store().restore(revision)));
    assertThat(get(store().read(job())).version()).isEqualTo(3);
  }

  @Test
  default void restoresOnlyAJobWithoutVersionsOfItsOwn() {
    List<Revision> backup = backup(2);
    Revision own = get(store().propose(proposal(0, new Change.Set("limit: 7"))));

    assertThatThrownBy(() -> get(store().beginRestore(job(), VersionId.of(backup.get(1)))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("has versions already");
    assertThatThrownBy(() -> get(store().restore(backup.get(1))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("is not being restored");

    assertThat(get(store().history(job(), 1, 9)))
        .hasSize(1)
        .first()
        .extracting(Revision::hash)
        .isEqualTo(own.hash());
  }

  @Test
  default void refusesTheBackupOfAnotherHistoryInTheMiddle() {
    List<Revision> backup = backup(2);
    get(store().beginRestore(job(), VersionId.of(backup.get(1))));

    assertThatThrownBy(() -> get(store().beginRestore(job(), new VersionId(9, "5e".repeat(32)))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("another backup");
  }

  @Test
  default void refusesVersionsThatDoNotFit() {
    List<Revision> backup = backup(4);
    get(store().beginRestore(job(), VersionId.of(backup.get(2))));
    get(store().restore(backup.get(0)));

    refused(backup.get(2), "does not continue version 1");
    refused(backup.get(1).withHash("5e".repeat(32)), "does not fit its hash");
    refused(backup.get(1).withDocument("limit: 9"), "its document does not fit its hash");
    get(store().restore(backup.get(1)));
    get(store().restore(backup.get(2)));
    refused(backup.get(3), "is not being restored");

    assertThat(get(store().history(job(), 1, 10))).isEqualTo(backup.subList(0, 3));
  }

  private void refused(Revision revision, String why) {
    assertThatThrownBy(() -> get(store().restore(revision)))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining(why);
  }

  @Test
  default void takesTheLedgerOfABackupBeforeTheJobIsWhole() {
    List<Revision> backup = backup(2);
    LedgerEntry entry =
        new LedgerEntry(
            job(),
            "run",
            4,
            1,
            backup.get(0).hash(),
            Instant.ofEpochMilli(1_000),
            8,
            LedgerEntry.Outcome.IN_FORCE,
            "");
    get(store().beginRestore(job(), VersionId.of(backup.get(1))));

    get(store().record(entry));
    backup.forEach(revision -> get(store().restore(revision)));

    assertThat(get(store().ledger(job()))).containsExactly(entry);
  }

  /** Versions of a lost store, with content. */
  private List<Revision> backup(int versions) {
    return get(lost(versions).history(job(), 1, Limits.VERSIONS));
  }

  /** Where backups come from. */
  private RegisterStore lost(int versions) {
    RegisterStore lost =
        RegisterStore.inMemory(
            DocumentCheck.none(), InstantSource.fixed(Instant.ofEpochSecond(7)), Runnable::run);
    LongStream.rangeClosed(1, versions)
        .forEach(v -> get(lost.propose(proposal(v - 1, new Change.Set("limit: " + v)))));
    return lost;
  }

  private void restore(List<Revision> backup) {
    get(store().beginRestore(job(), VersionId.of(backup.get(backup.size() - 1))));
    backup.forEach(revision -> get(store().restore(revision)));
  }
}
