package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a round of reading makes of the answers of members, here of the leader of term 7. */
class ReadRoundTest {

  private static final Position LEADER = new Position(7, true, 40);
  private static final Position FOLLOWER = new Position(7, false, 39);

  private final ReadRound round = new ReadRound(7, 3);

  @Test
  void learnsTheLeadersIndexFromAMajority() {
    round.answered("b", FOLLOWER);
    assertThat(round.index()).isNotDone();

    round.answered("a", LEADER);

    assertThat(round.index()).isCompletedWithValue(40L);
  }

  @Test
  void doesNotBelieveALeaderThatIsAlone() {
    round.answered("a", LEADER);
    assertThat(round.index()).isNotDone();

    round.answered("b", null);
    round.answered("c", null);

    assertThat(round.index()).isCompletedExceptionally();
  }

  @Test
  void doesNotBelieveALeaderWhoseFollowersAreInALaterTerm() {
    round.answered("a", LEADER);

    round.answered("b", new Position(8, false, 45));
    assertThat(round.index()).isCompletedExceptionally();
  }

  @Test
  void doesNotCountThoseOfAnEarlierTerm() {
    round.answered("a", LEADER);
    round.answered("b", new Position(6, false, 39));
    assertThat(round.index()).isNotDone();

    round.answered("c", FOLLOWER);

    assertThat(round.index()).isCompletedWithValue(40L);
  }

  @Test
  void doesNotReadFromFollowersAlone() {
    round.answered("b", FOLLOWER);
    round.answered("c", FOLLOWER);
    assertThat(round.index()).isNotDone();

    // The leader of this term started again, and does not know any more what it had committed.
    round.answered("a", new Position(7, false, 0));

    assertThat(round.index()).isCompletedExceptionally();
  }

  @Test
  void sendsPositionsAsTheyAre() {
    assertThat(Position.decode(LEADER.encode())).isEqualTo(LEADER);
    assertThat(Position.decode(FOLLOWER.encode())).isEqualTo(FOLLOWER);
  }
}
