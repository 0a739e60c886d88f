package io.weir.consensus.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.history.VersionedRegister.Agreed;
import io.weir.consensus.server.history.VersionedRegister.Answer;
import io.weir.consensus.server.history.VersionedRegister.Call;
import io.weir.consensus.server.history.VersionedRegister.Conflict;
import io.weir.consensus.server.history.VersionedRegister.Held;
import io.weir.consensus.server.history.VersionedRegister.Propose;
import io.weir.consensus.server.history.VersionedRegister.Read;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One history for each way in which a store can go wrong, beside one in which it did not. */
class VersionedRegisterTest {

  private static final Read READ = new Read();
  private static final Held UNKNOWN = new Held(0, "");

  private final Recorded<Held, Call, Answer> history = new Recorded<>(new VersionedRegister());

  private void assertLinearizable() {
    assertThat(history.violations()).isEmpty();
  }

  private Violation violation() {
    List<Violation> all = history.violations();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private void assertUnexplained(Call call, Answer answer) {
    Operation<?, ?> operation = violation().operation();
    assertThat(operation.call()).isEqualTo(call);
    assertThat(operation.answer()).isEqualTo(answer);
  }

  @Test
  void aReadMayShowEitherVersionWhileAProposalIsUnderWay() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 9, new Propose(1, "b"), new Agreed(2))
        .did(4, 5, READ, new Held(1, "a"))
        .did(6, 7, READ, new Held(2, "b"));

    assertLinearizable();
  }

  @Test
  void refusesThatALaterReadGoesBack() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 9, new Propose(1, "b"), new Agreed(2))
        .did(4, 5, READ, new Held(2, "b"))
        .did(6, 7, READ, new Held(1, "a"));

    assertUnexplained(READ, new Held(1, "a"));
  }

  @Test
  void refusesAStaleRead() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 4, new Propose(1, "b"), new Agreed(2))
        .did(5, 6, READ, new Held(1, "a"));

    assertUnexplained(READ, new Held(1, "a"));
    assertThat(violation().states()).isEqualTo(List.of(new Held(2, "b")));
    assertThat(violation().answersBefore()).isEqualTo(2);
  }

  @Test
  void refusesThatAKnownJobIsUnknown() {
    history.did(1, 2, new Propose(0, "a"), new Agreed(1)).did(3, 4, READ, UNKNOWN);

    assertUnexplained(READ, UNKNOWN);
  }

  @Test
  void refusesALostUpdate() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 4, READ, UNKNOWN)
        .did(5, 6, new Propose(0, "b"), new Agreed(1));

    assertUnexplained(READ, UNKNOWN);
  }

  @Test
  void refusesAnUpdateThatWasOverwritten() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 4, new Propose(1, "b"), new Agreed(2))
        .did(5, 6, READ, new Held(2, "c"));

    assertUnexplained(READ, new Held(2, "c"));
  }

  @Test
  void refusesTwoSuccessesOfTheSameCompareAndSet() {
    history
        .did(1, 8, new Propose(0, "a"), new Agreed(1))
        .did(2, 9, new Propose(0, "b"), new Agreed(1));

    assertUnexplained(new Propose(0, "b"), new Agreed(1));
  }

  @Test
  void refusesAReadOfWhatNobodyProposed() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .began(3, new Propose(1, "b"))
        .did(4, 5, READ, new Held(2, "x"));

    assertUnexplained(READ, new Held(2, "x"));
  }

  @Test
  void refusesAReadOfWhatIsProposedLater() {
    history.did(1, 2, READ, new Held(1, "a")).did(3, 4, new Propose(0, "a"), new Agreed(1));

    assertUnexplained(READ, new Held(1, "a"));
  }

  @Test
  void refusesAConflictWithTheExpectedVersion() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 4, new Propose(1, "b"), new Conflict(1));

    assertUnexplained(new Propose(1, "b"), new Conflict(1));
  }

  @Test
  void refusesAConflictWithAVersionThatIsGoneOrNotThereYet() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 4, new Propose(1, "b"), new Agreed(2))
        .did(5, 6, new Propose(0, "c"), new Conflict(1));

    assertUnexplained(new Propose(0, "c"), new Conflict(1));
  }

  @Test
  void refusesThatARefusedProposalHappened() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 9, new Propose(1, "b"), new Agreed(2))
        .did(4, 8, new Propose(1, "c"), new Conflict(2))
        .did(10, 11, READ, new Held(2, "c"));

    assertUnexplained(READ, new Held(2, "c"));
  }

  @Test
  void refusesAGapInTheVersions() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 4, new Propose(1, "b"), new Agreed(3));

    assertUnexplained(new Propose(1, "b"), new Agreed(3));
  }

  @Test
  void refusesAVersionThatNobodyMade() {
    history
        .did(1, 2, new Propose(0, "a"), new Agreed(1))
        .did(3, 4, new Propose(2, "b"), new Agreed(3));

    assertUnexplained(new Propose(2, "b"), new Agreed(3));
  }

  @Test
  void anUnansweredProposalMayHappenLateOrNever() {
    history
        .began(1, new Propose(0, "a"))
        .began(2, new Propose(0, "b"))
        .did(3, 4, READ, UNKNOWN)
        .did(5, 6, READ, new Held(1, "b"))
        .did(7, 8, new Propose(1, "c"), new Agreed(2));

    assertLinearizable();
  }

  @Test
  void refusesThatAnUnansweredProposalHappensTwice() {
    history
        .began(1, new Propose(0, "a"))
        .did(2, 3, READ, new Held(1, "a"))
        .did(4, 5, new Propose(1, "b"), new Agreed(2))
        .did(6, 7, READ, new Held(3, "a"));

    assertUnexplained(READ, new Held(3, "a"));
  }

  @Test
  void whatHappenedAtTheSameTimeIsInNoOrder() {
    history.did(1, 2, new Propose(0, "a"), new Agreed(1)).did(2, 3, READ, UNKNOWN);

    assertLinearizable();
  }

  @Test
  void namesWhatElseWasUnderWay() {
    history
        .began(1, new Propose(0, "a"))
        .did(2, 9, new Propose(0, "b"), new Agreed(1))
        .did(3, 4, READ, new Held(1, "x"));

    assertThat(violation().underWay().stream().map(Operation::call).toList())
        .isEqualTo(List.of(new Propose(0, "a"), new Propose(0, "b")));
    assertThat(violation().states()).isEqualTo(List.of(UNKNOWN));
  }
}
