package io.weir.consensus.contract;

import static io.weir.consensus.contract.StoreUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger says which version came into force where, and which did not. */
interface LedgerContract extends StoreUnderTest {

  @Test
  default void notesOnceWhatCameIntoForce() {
    set(0, "limit: 1");
    LedgerEntry first = entry(7, 1, LedgerEntry.Outcome.IN_FORCE, "");
    LedgerEntry second = entry(8, 1, LedgerEntry.Outcome.REFUSED, "no such channel");

    get(store().record(first));
    get(store().record(first));
    get(store().record(second));

    assertThat(get(store().ledger(job()))).containsExactly(first, second);
    assertThatThrownBy(() -> get(store().record(entry(9, 2, LedgerEntry.Outcome.IN_FORCE, ""))))
        .isInstanceOf(StoreException.UnknownVersion.class);
  }

  private LedgerEntry entry(
      long checkpoint, long version, LedgerEntry.Outcome outcome, String note) {
    return entry(checkpoint, new VersionId(version, hash(version)), outcome, note);
  }

  private LedgerEntry entry(
      long checkpoint, VersionId version, LedgerEntry.Outcome outcome, String note) {
    return new LedgerEntry(
        job(),
        "f1",
        checkpoint,
        version.version(),
        version.hash(),
        Instant.ofEpochMilli(1_000),
        4,
        outcome,
        note);
  }

  /** Of a version of this history, if there is one. */
  private String hash(long version) {
    List<Revision> found = get(store().history(job(), version, 1));
    return found.isEmpty() ? ELSEWHERE.hash() : found.get(0).hash();
  }

  @Test
  default void notesAVersionOfAnotherHistoryOnlyAsWhatIsNotFollowed() {
    set(0, "limit: 1");
    VersionId other = new VersionId(1, ELSEWHERE.hash());
    LedgerEntry reason = entry(0, ELSEWHERE, LedgerEntry.Outcome.NOT_FOLLOWED, "behind the job");
    LedgerEntry later = entry(0, ELSEWHERE, LedgerEntry.Outcome.NOT_FOLLOWED, "forked");

    assertThatThrownBy(() -> get(store().record(entry(7, other, LedgerEntry.Outcome.IN_FORCE, ""))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("another history");
    get(store().record(reason));
    get(store().record(later));
    get(store().record(reason));

    assertThat(get(store().ledger(job()))).containsExactly(reason, later);
  }

  @Test
  default void notesWhatIsNotFollowedBeforeThereIsAnyVersion() {
    LedgerEntry lost = entryOfLostStore();

    get(store().record(lost));

    assertThat(get(store().ledger(job()))).containsExactly(lost);
    assertThatThrownBy(() -> get(store().read(job())))
        .isInstanceOf(StoreException.UnknownJob.class);
  }

  private LedgerEntry entryOfLostStore() {
    return entry(0, ELSEWHERE, LedgerEntry.Outcome.NOT_FOLLOWED, "the store knows no such job");
  }
}
