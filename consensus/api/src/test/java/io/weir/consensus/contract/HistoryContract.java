package io.weir.consensus.contract;

import static io.weir.consensus.contract.StoreUnderTest.get;
import static io.weir.consensus.contract.StoreUnderTest.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.Limits;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of old versions: gone back to, ended by a tombstone, without their content. */
@SuppressWarnings("try") // A watch lasts as long as the block that opens it.
interface HistoryContract extends StoreUnderTest {

  @Test
  default void rollsBackToAnOldDocumentAsANewVersion() {
    set(0, "limit: 1");
    set(1, "limit: 2");

    Revision made = get(store().propose(proposal(2, new Change.Rollback(1))));

    Revision read = get(store().read(job()));
    assertThat(made.version()).isEqualTo(3);
    assertThat(read.document()).isEqualTo("limit: 1");
    assertThat(read.kind()).isEqualTo(Change.Kind.ROLLBACK);
    assertThat(read.rolledBackTo()).isEqualTo(1);
  }

  @Test
  default void refusesToRollBackToWhatNeverWas() {
    set(0, "limit: 1");
    get(store().propose(proposal(1, new Change.Delete())));

    for (long wrong : new long[] {2, 3}) {
      assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Rollback(wrong)))))
          .isInstanceOf(StoreException.UnknownVersion.class);
    }
    assertThat(get(store().read(job())).version()).isEqualTo(2);
  }

  @Test
  default void deletesByATombstoneFromWhichTheJobIsCreatedAnew() {
    set(0, "limit: 1");

    Revision tombstone = get(store().propose(proposal(1, new Change.Delete())));
    Revision read = get(store().read(job()));

    assertThat(tombstone.version()).isEqualTo(2);
    assertThat(read.isTombstone()).isTrue();
    assertThat(read.document()).isNull();
    assertThatThrownBy(() -> set(0, "limit: 2")).isInstanceOf(StoreException.VersionConflict.class);
    assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Delete()))))
        .isInstanceOf(StoreException.InvalidRequest.class);
    assertThat(set(2, "limit: 2").version()).isEqualTo(3);
  }

  @Test
  default void cannotDeleteWhatNeverExisted() {
    assertThatThrownBy(() -> get(store().propose(proposal(0, new Change.Delete()))))
        .isInstanceOf(StoreException.UnknownJob.class);
    assertThat(get(store().jobs())).doesNotContain(job());
  }

  @Test
  default void keepsTheContentOfTheNewestVersionsOnly() {
    int all = Limits.VERSIONS_WITH_CONTENT + 5;
    for (int version = 0; version < all; version++) {
      set(version, "limit: " + version);
    }

    List<Revision> history = get(store().history(job(), 1, all));

    assertThat(history).extracting(Revision::version).isEqualTo(versions(1, all));
    assertThat(history.subList(0, 5)).allMatch(each -> each.content().isEmpty());
    assertThat(history.subList(5, all)).allMatch(each -> each.content().isPresent());
    assertThat(get(store().history(job(), 7, 2)))
        .extracting(Revision::document)
        .containsExactly("limit: 6", "limit: 7");
    assertThatThrownBy(() -> get(store().propose(proposal(all, new Change.Rollback(5)))))
        .isInstanceOfSatisfying(
            StoreException.Compacted.class,
            compacted -> assertThat(compacted.oldest()).isEqualTo(6));
    CollectedVersions late = new CollectedVersions();
    try (Watch watch = store().watch(job(), 2, late)) {
      await().atMost(SOON).until(() -> !late.ends.isEmpty());
    }
    assertThat(late.revisions).isEmpty();
    assertThat(late.ends).first().isInstanceOf(StoreException.Compacted.class);
  }
}
