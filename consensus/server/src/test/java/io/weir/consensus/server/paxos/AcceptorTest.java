package io.weir.consensus.server.paxos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.paxos.Message.Accept;
import io.weir.consensus.server.paxos.Message.Accepted;
import io.weir.consensus.server.paxos.Message.Fetch;
import io.weir.consensus.server.paxos.Message.Fetched;
import io.weir.consensus.server.paxos.Message.Held;
import io.weir.consensus.server.paxos.Message.Prepare;
import io.weir.consensus.server.paxos.Message.Promise;
import io.weir.consensus.server.paxos.Message.Read;
import io.weir.consensus.server.paxos.Message.Rejected;
import io.weir.consensus.server.paxos.Message.Survey;
import io.weir.consensus.server.paxos.Message.Surveyed;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcceptorTest {

  private final Acceptor acceptor =
      new Acceptor(AcceptorTest::numbered, new Archive.Limits(2, 3, 1 << 20));

  /** A state is its number. */
  private static @Nullable Past numbered(String key, byte[] state) {
    return state.length == 0
        ? null
        : new Past(
            Long.parseLong(new String(state, UTF_8)), "h" + new String(state, UTF_8), state, state);
  }

  private static Ballot ballot(long counter, String node) {
    return new Ballot(counter, 1, node);
  }

  private static byte[] state(long number) {
    return String.valueOf(number).getBytes(UTF_8);
  }

  private Message.Reply prepare(Ballot ballot) {
    return acceptor.handle(new Prepare("k", ballot)).reply();
  }

  private Message.Reply accept(Ballot ballot, long number, Ballot next) {
    return acceptor.handle(new Accept("k", ballot, state(number), next)).reply();
  }

  @Test
  void promisesAHigherBallotOnceAndSaysWhatItHasAccepted() {
    assertThat(prepare(ballot(1, "a"))).isInstanceOf(Promise.class);
    accept(ballot(1, "a"), 7, ballot(1, "a"));

    Promise promise = (Promise) prepare(ballot(2, "b"));

    assertThat(promise.accepted()).isEqualTo(ballot(1, "a"));
    assertThat(promise.state()).isEqualTo(state(7));
    assertThat(prepare(ballot(2, "b")))
        .isEqualTo(new Rejected("k", ballot(2, "b"), ballot(2, "b")));
    assertThat(prepare(ballot(2, "a"))).isInstanceOf(Rejected.class);
  }

  @Test
  void acceptsNothingBelowItsPromise() {
    prepare(ballot(3, "a"));

    assertThat(accept(ballot(2, "b"), 1, ballot(3, "b"))).isInstanceOf(Rejected.class);
    assertThat(accept(ballot(3, "a"), 1, ballot(4, "a"))).isInstanceOf(Accepted.class);
  }

  @Test
  void promisesTheNextBallotWithAnAccept() {
    accept(ballot(1, "a"), 1, ballot(2, "a"));

    assertThat(prepare(ballot(1, "b"))).isInstanceOf(Rejected.class);
    assertThat(accept(ballot(1, "b"), 9, ballot(3, "b"))).isInstanceOf(Rejected.class);
    assertThat(accept(ballot(2, "a"), 2, ballot(3, "a"))).isInstanceOf(Accepted.class);
  }

  @Test
  void saysWhatMustBeOnDiskOnlyWhenSomethingChanged() {
    assertThat(acceptor.handle(new Prepare("k", ballot(2, "a"))).changed()).isNotNull();
    assertThat(acceptor.handle(new Prepare("k", ballot(1, "a"))).changed()).isNull();
    assertThat(acceptor.handle(new Read(1, "k", Ballot.NONE)).changed()).isNull();
  }

  @Test
  void leavesOutOfAReadTheStateThatIsKnown() {
    accept(ballot(1, "a"), 1, ballot(2, "a"));

    Held unknown = (Held) acceptor.handle(new Read(5, "k", Ballot.NONE)).reply();
    Held known = (Held) acceptor.handle(new Read(6, "k", ballot(1, "a"))).reply();

    assertThat(unknown.state()).isEqualTo(state(1));
    assertThat(known.state()).isNull();
    assertThat(known.accepted()).isEqualTo(ballot(1, "a"));
  }

  @Test
  void keepsWhatItOverwritesAndGivesUpTheOldest() {
    for (int number = 1; number <= 6; number++) {
      accept(ballot(number, "a"), number, ballot(number + 1, "a"));
    }

    Fetched fetched = (Fetched) acceptor.handle(new Fetch(1, "k", 1, 6)).reply();

    assertThat(fetched.states()).extracting(Past::number).containsExactly(5L, 4L, 3L, 6L);
    assertThat(fetched.states())
        .extracting(past -> past.content() != null)
        .containsExactly(true, true, false, true);
  }

  @Test
  void keepsAStateOnceThatIsAcceptedInSeveralBallots() {
    accept(ballot(1, "a"), 1, ballot(2, "a"));
    accept(ballot(2, "a"), 1, ballot(3, "a"));
    accept(ballot(3, "a"), 2, ballot(4, "a"));

    Fetched fetched = (Fetched) acceptor.handle(new Fetch(1, "k", 1, 1)).reply();

    assertThat(fetched.states()).extracting(Past::hash).containsExactly("h1");
  }

  @Test
  void surveysWhatItHasAcceptedAndNotWhatItOnlyPromised() {
    accept(ballot(1, "a"), 1, ballot(2, "a"));
    acceptor.handle(new Prepare("other", ballot(1, "a")));

    Surveyed surveyed = (Surveyed) acceptor.handle(new Survey(1)).reply();

    assertThat(surveyed.accepted()).isEqualTo(Map.of("k", ballot(1, "a")));
  }

  @Test
  void keepsNoMoreBytesOfThePastThanAllowed() {
    Acceptor small = new Acceptor(AcceptorTest::numbered, new Archive.Limits(100, 100, 1_500));
    for (int number = 1; number <= 50; number++) {
      small.handle(new Accept("k", ballot(number, "a"), state(number), ballot(number + 1, "a")));
    }

    assertThat(small.archive().bytes()).isLessThanOrEqualTo(1_500);
    assertThat(small.archive().all("k")).last().extracting(Past::number).isEqualTo(49L);
  }
}
