package io.weir.consensus.contract;

import static io.weir.consensus.contract.StoreUnderTest.get;
import static io.weir.consensus.contract.StoreUnderTest.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.Revision;
import io.weir.consensus.Watch;
import org.junit.jupiter.api.Test;

/** A watch tells every version, in order, without gaps. */
@SuppressWarnings("try") // A watch lasts as long as the block that opens it.
interface WatchContract extends StoreUnderTest {

  @Test
  default void watchesEveryVersionInOrder() {
    set(0, "limit: 0");
    set(1, "limit: 1");
    CollectedVersions seen = new CollectedVersions();
    CollectedVersions later = new CollectedVersions();

    try (Watch fromStart = store().watch(job(), 1, seen);
        Watch fromFourth = store().watch(job(), 4, later)) {
      for (int version = 2; version < 20; version++) {
        set(version, "limit: " + version);
      }
      await().atMost(SOON).until(() -> seen.revisions.size() >= 20 && later.revisions.size() >= 17);
    }

    assertThat(seen.revisions).extracting(Revision::version).isEqualTo(versions(1, 20));
    assertThat(seen.revisions).extracting(Revision::document).doesNotContainNull();
    assertThat(later.revisions).extracting(Revision::version).isEqualTo(versions(4, 20));
    assertThat(seen.ends).isEmpty();
  }

  @Test
  default void watchesAJobThatDoesNotExistYet() {
    CollectedVersions seen = new CollectedVersions();

    try (Watch watch = store().watch(job(), 1, seen)) {
      set(0, "limit: 0");
      get(store().propose(proposal(1, new Change.Delete())));
      await().atMost(SOON).until(() -> seen.revisions.size() == 2);
    }

    assertThat(seen.revisions.get(1).isTombstone()).isTrue();
  }

  @Test
  default void deliversNothingAfterAWatchWasClosed() {
    CollectedVersions closed = new CollectedVersions();
    CollectedVersions open = new CollectedVersions();
    try (Watch watching = store().watch(job(), 1, open)) {
      store().watch(job(), 1, closed).close();

      set(0, "limit: 0");

      await().atMost(SOON).until(() -> open.revisions.size() == 1);
    }
    assertThat(closed.revisions).isEmpty();
  }

  @Test
  default void watchesAnAdoptionLikeAnyVersion() {
    set(0, "limit: 1");
    CollectedVersions seen = new CollectedVersions();

    try (Watch watch = store().watch(job(), 1, seen)) {
      get(store().propose(proposal(1, new Change.Adopt(ELSEWHERE))));
      await().atMost(SOON).until(() -> seen.revisions.size() == 2);
    }

    assertThat(seen.revisions.get(1).content()).contains("limit: 1");
    assertThat(seen.revisions.get(1).abandoned()).isEqualTo(ELSEWHERE);
  }
}
