package io.weir.consensus.server.paxos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.paxos.Message.Accept;
import io.weir.consensus.server.paxos.Message.Accepted;
import io.weir.consensus.server.paxos.Message.Failed;
import io.weir.consensus.server.paxos.Message.Prepare;
import io.weir.consensus.server.paxos.Message.Promise;
import io.weir.consensus.server.paxos.Message.Rejected;
import org.junit.jupiter.api.Test;

class ProposerTest {

  private static final byte[] NOTHING = {};

  private final Proposer proposer = new Proposer("k", "a", 1, 3);

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Change append(String text) {
    return state -> bytes(new String(state, UTF_8) + text);
  }

  private Accept prepared(String state) {
    Prepare prepare = (Prepare) proposer.start(append("+"));
    Ballot before = new Ballot(0, 1, "b");
    proposer.received("a", new Promise("k", prepare.ballot(), Ballot.NONE, NOTHING));
    Proposer.Send send =
        (Proposer.Send)
            proposer.received("b", new Promise("k", prepare.ballot(), before, bytes(state)));
    return (Accept) send.request();
  }

  private Proposer.Step accepted(String from, Accept accept) {
    return proposer.received(from, new Accepted("k", accept.ballot()));
  }

  @Test
  void changesTheStateOfTheHighestBallotThatAMajorityKnows() {
    Prepare prepare = (Prepare) proposer.start(append("+"));
    proposer.received("a", new Promise("k", prepare.ballot(), new Ballot(3, 1, "b"), bytes("new")));

    Proposer.Step step =
        proposer.received(
            "b", new Promise("k", prepare.ballot(), new Ballot(2, 1, "c"), bytes("old")));

    Accept accept = (Accept) ((Proposer.Send) step).request();
    assertThat(accept.state()).isEqualTo(bytes("new+"));
    assertThat(accept.ballot()).isEqualTo(prepare.ballot());
    assertThat(accept.next()).isGreaterThan(accept.ballot());
  }

  @Test
  void hasChosenWhenAMajorityHasAccepted() {
    Accept accept = prepared("x");

    assertThat(accepted("a", accept)).isInstanceOf(Proposer.Wait.class);
    assertThat(accepted("a", accept)).isInstanceOf(Proposer.Wait.class);
    assertThat(((Proposer.Chosen) accepted("c", accept)).state()).isEqualTo(bytes("x+"));
  }

  @Test
  void makesTheNextChangeInOneRoundTrip() {
    Accept first = prepared("x");
    accepted("a", first);
    accepted("b", first);

    Accept second = (Accept) proposer.start(append("*"));

    assertThat(second.ballot()).isEqualTo(first.next());
    assertThat(second.state()).isEqualTo(bytes("x+*"));
  }

  @Test
  void asksForAPromiseAnewAfterAnAcceptOfUnknownOutcome() {
    Accept first = prepared("x");
    accepted("a", first);
    accepted("b", first);
    Accept second = (Accept) proposer.start(append("*"));

    Proposer.Lost lost = proposer.abandon("no answer");

    assertThat(lost.mayBeChosen()).isTrue();
    Prepare third = (Prepare) proposer.start(append("/"));
    assertThat(third.ballot()).isGreaterThan(second.next());
  }

  @Test
  void jumpsAboveTheBallotThatItLostTo() {
    Prepare prepare = (Prepare) proposer.start(append("+"));
    Rejected rejected = new Rejected("k", prepare.ballot(), new Ballot(41, 1, "b"));
    proposer.received("b", rejected);

    Proposer.Step step = proposer.received("c", rejected);

    assertThat(step)
        .isInstanceOfSatisfying(
            Proposer.Lost.class, lost -> assertThat(lost.mayBeChosen()).isFalse());
    assertThat(((Prepare) proposer.start(append("+"))).ballot().counter()).isEqualTo(42);
  }

  @Test
  void asksForAPromiseAnewAfterAnyRefusal() {
    Accept first = prepared("x");
    accepted("a", first);
    proposer.received("c", new Rejected("k", first.ballot(), new Ballot(9, 1, "c")));

    assertThat(accepted("b", first)).isInstanceOf(Proposer.Chosen.class);
    assertThat(proposer.start(append("*"))).isInstanceOf(Prepare.class);
  }

  @Test
  void saysWhyADiskTookNothing() {
    Accept accept = prepared("x");
    Failed failed = new Failed("k", accept.ballot(), "the disk takes no more");
    proposer.received("a", failed);

    Proposer.Lost lost = (Proposer.Lost) proposer.received("b", failed);

    assertThat(lost.reason()).contains("b: the disk takes no more");
    assertThat(lost.mayBeChosen()).isTrue();
  }

  @Test
  void passesOverAnswersToEarlierBallots() {
    Prepare first = (Prepare) proposer.start(append("+"));
    proposer.abandon("too slow");
    proposer.start(append("+"));

    proposer.received("a", new Promise("k", first.ballot(), Ballot.NONE, NOTHING));
    Proposer.Step step =
        proposer.received("b", new Promise("k", first.ballot(), Ballot.NONE, NOTHING));

    assertThat(step).isInstanceOf(Proposer.Wait.class);
  }
}
