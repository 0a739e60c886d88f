package io.weir.consensus.contract;

import static io.weir.consensus.contract.StoreUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store's history may be adopted by a job that held another one. */
interface AdoptionContract extends StoreUnderTest {

  @Test
  default void adoptsByRepeatingTheNewestDocumentAndNamingWhatIsAbandoned() {
    set(0, "limit: 1");
    set(1, "limit: 2");

    Revision adoption = get(store().propose(proposal(2, new Change.Adopt(ELSEWHERE))));

    Revision read = get(store().read(job()));
    assertThat(read.version()).isEqualTo(3);
    assertThat(read.kind()).isEqualTo(Change.Kind.ADOPT);
    assertThat(read.content()).contains("limit: 2");
    assertThat(read.abandoned()).isEqualTo(ELSEWHERE);
    assertThat(read.author()).isEqualTo(AUTHOR);
    assertThat(adoption).isEqualTo(read.withDocument(null));
    List<Revision> history = get(store().history(job(), 1, 10));
    assertThat(history.get(2)).isEqualTo(read);
    assertThat(Chain.follows(history.get(2), history.get(1))).isTrue();
  }

  @Test
  default void adoptsOnceForEachRequestAndEachVersion() {
    set(0, "limit: 1");
    Proposal once = proposal(1, new Change.Adopt(ELSEWHERE));
    Proposal other =
        new Proposal(job(), 1, new Change.Adopt(FURTHER), "somebody", "", once.requestId());

    Revision first = get(store().propose(once));

    assertThat(get(store().propose(once))).isEqualTo(first);
    assertThatThrownBy(() -> get(store().propose(other)))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("another change");
    assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("was abandoned already, by version 2");
    assertThat(get(store().propose(proposal(2, new Change.Adopt(FURTHER)))).version()).isEqualTo(3);
  }

  @Test
  default void refusesToAdoptWhereThereIsNothingToAdopt() {
    assertThatThrownBy(() -> get(store().propose(proposal(0, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.UnknownJob.class);
    Revision first = set(0, "limit: 1");
    Change ofThisHistory = new Change.Adopt(VersionId.of(first));
    assertThatThrownBy(() -> get(store().propose(proposal(1, ofThisHistory))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("is of this history");
    assertThatThrownBy(() -> get(store().propose(proposal(0, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.VersionConflict.class);
    assertThatThrownBy(() -> get(store().check(proposal(1, ofThisHistory))))
        .isInstanceOf(StoreException.InvalidRequest.class);
    get(store().propose(proposal(1, new Change.Delete())));
    assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("is deleted");
    assertThat(get(store().read(job())).version()).isEqualTo(2);
  }

  @Test
  default void refusesToAdoptADocumentThatBreaksTheSchema() {
    set(0, "limit: 99");
    get(store().registerSchema(job(), NUMBER_SCHEMA));

    assertThatThrownBy(() -> get(store().propose(proposal(1, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.InvalidConfiguration.class)
        .hasMessageContaining("/limit");
  }
}
