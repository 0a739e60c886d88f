package io.weir.consensus.contract;

import static io.weir.consensus.contract.StoreUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Versions are made by proposals, one after the other, each once; and read as they were made. */
interface ProposalContract extends StoreUnderTest {

  @Test
  default void knowsNothingOfAJobThatNeverExisted() {
    assertThatThrownBy(() -> get(store().read(job())))
        .isInstanceOf(StoreException.UnknownJob.class);
    assertThatThrownBy(() -> get(store().readLocal(job())))
        .isInstanceOf(StoreException.UnknownJob.class);
    assertThatThrownBy(() -> get(store().history(job(), 1, 10)))
        .isInstanceOf(StoreException.UnknownJob.class);
    assertThat(get(store().jobs())).doesNotContain(job());
    assertThat(get(store().schema(job()))).isEmpty();
  }

  @Test
  default void readsWhatWasAcknowledged() {
    Revision made = set(0, "limit: 1 # as written\n");

    Revision read = get(store().read(job()));

    assertThat(read.document()).isEqualTo("limit: 1 # as written\n");
    assertThat(read.withDocument(null)).isEqualTo(made);
    assertThat(read.version()).isEqualTo(1);
    assertThat(read.author()).isEqualTo(AUTHOR);
    assertThat(read.reason()).isEqualTo("because of a test");
    assertThat(get(store().jobs())).contains(job());
  }

  @Test
  default void readsLocallyWhatItWillHaveLearned() {
    set(0, "a: 1");

    await().atMost(SOON).ignoreExceptions().until(() -> localVersion() == 1);
  }

  private long localVersion() {
    return get(store().readLocal(job())).version();
  }

  @Test
  default void countsVersionsWithoutGapsAndChainsThemByHash() {
    for (int version = 0; version < 5; version++) {
      set(version, "limit: " + version);
    }

    List<Revision> history = get(store().history(job(), 1, 100));

    assertThat(history).extracting(Revision::version).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(history.get(0).previousHash()).isEmpty();
    assertThat(IntStream.range(1, 5))
        .allMatch(i -> Chain.follows(history.get(i), history.get(i - 1)));
    assertThat(history)
        .allMatch(
            each -> each.documentHash().equals(Chain.hashDocument(each.content().orElse(""))));
  }

  @Test
  default void refusesAProposalForAnotherVersionThanTheNewest() {
    set(0, "limit: 1");
    set(1, "limit: 2");

    for (long wrong : new long[] {0, 1, 3}) {
      assertThatThrownBy(() -> set(wrong, "limit: 3"))
          .isInstanceOfSatisfying(
              StoreException.VersionConflict.class,
              conflict -> {
                assertThat(conflict.expected()).isEqualTo(wrong);
                assertThat(conflict.actual()).isEqualTo(2);
              });
    }
    assertThat(get(store().read(job())).document()).isEqualTo("limit: 2");
  }

  @Test
  default void doesARepeatedRequestOnce() {
    Proposal proposal = proposal(0, new Change.Set("limit: 1"));

    Revision first = get(store().propose(proposal));
    set(1, "limit: 2");
    Revision again = get(store().propose(proposal));

    assertThat(again).isEqualTo(first);
    assertThat(get(store().read(job())).version()).isEqualTo(2);
  }

  @Test
  default void refusesARequestIdOfAnotherChange() {
    Proposal proposal = proposal(0, new Change.Set("limit: 1"));
    get(store().propose(proposal));

    Proposal other =
        new Proposal(job(), 1, new Change.Set("limit: 2"), AUTHOR, "another", proposal.requestId());

    assertThatThrownBy(() -> get(store().propose(other)))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining(proposal.requestId());
    assertThat(get(store().read(job())).version()).isEqualTo(1);
  }

  @Test
  default void letsOneOfManyCompetingProposalsThrough() {
    List<CompletableFuture<Revision>> racing =
        IntStream.range(0, 16)
            .mapToObj(i -> store().propose(proposal(0, new Change.Set("limit: " + i))))
            .toList();

    long won = racing.stream().filter(ProposalContract::succeeds).count();

    assertThat(won).isEqualTo(1);
    assertThat(get(store().read(job())).version()).isEqualTo(1);
  }

  private static boolean succeeds(CompletableFuture<Revision> proposal) {
    try {
      get(proposal);
      return true;
    } catch (StoreException.VersionConflict e) {
      return false;
    }
  }

  @Test
  default void refusesNamesAndNumbersThatCannotBe() {
    List<ThrowingCallable> wrong =
        List.of(
            () -> get(store().read("no/such name")),
            () -> get(store().readLocal("")),
            () -> get(store().history("../x", 1, 1)),
            () -> get(store().schema(".hidden")),
            () -> store().watch(job(), 0, new CollectedVersions()),
            () -> proposal(-1, new Change.Delete()),
            () -> new VersionId(0, "5e".repeat(32)),
            () -> new VersionId(1, "5E".repeat(32)),
            () -> new VersionId(1, ""),
            () -> new Proposal(job(), 0, new Change.Delete(), " ", "", "1"),
            () -> new Proposal(job(), 0, new Change.Delete(), "a", "r".repeat(1_001), "1"));

    assertThat(wrong)
        .allSatisfy(
            call -> assertThatThrownBy(call).isInstanceOf(StoreException.InvalidRequest.class));
  }
}
