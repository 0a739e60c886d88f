package io.weir.consensus.server.paxos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.paxos.Message.Accept;
import io.weir.consensus.server.paxos.Message.Accepted;
import io.weir.consensus.server.paxos.Message.Prepare;
import io.weir.consensus.server.paxos.Message.Promise;
import io.weir.consensus.server.paxos.Message.Rejected;
import io.weir.consensus.server.paxos.Message.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Node a of a, b and c, where c never answers. */
class ChangesTest {

  private static final int ATTEMPT_MILLIS = 500;
  private static final int BACKOFF_MILLIS = 10;
  private static final byte[] NOTHING = {};

  /** A clock that goes on when it is told to, and what was sent. */
  private static final class Time implements Surroundings {
    private record Due(long millis, Runnable task) {}

    private final List<Due> timers = new ArrayList<>();
    private final List<Request> sentToB = new ArrayList<>();
    private long now;

    @Override
    public void send(String to, Request request) {
      if (to.equals("b")) {
        sentToB.add(request);
      }
    }

    @Override
    public Timer after(long millis, Runnable task) {
      Due due = new Due(now + millis, task);
      timers.add(due);
      return () -> timers.remove(due);
    }

    @Override
    public int random(int bound) {
      return bound - 1;
    }

    void goOn() {
      Due next = timers.stream().min(Comparator.comparingLong(Due::millis)).orElseThrow();
      timers.remove(next);
      now = next.millis();
      next.task().run();
    }

    Request last() {
      return sentToB.get(sentToB.size() - 1);
    }
  }

  private final Time time = new Time();
  private final Registers registers =
      new Registers(
          new Setting("a", 1, List.of("a", "b", "c"), ATTEMPT_MILLIS, BACKOFF_MILLIS, time));
  private final List<Outcome> outcomes = new ArrayList<>();

  private Prepare begin() {
    registers.change("k", state -> "new".getBytes(UTF_8), 10_000, outcomes::add);
    return (Prepare) time.last();
  }

  private void promise(Ballot ballot) {
    registers.received("a", new Promise("k", ballot, Ballot.NONE, NOTHING));
    registers.received("b", new Promise("k", ballot, Ballot.NONE, NOTHING));
  }

  @Test
  void doesNotWaitForANodeThatIsGoneWhenAnotherNodeCameBetween() {
    Prepare first = begin();
    registers.received("a", new Promise("k", first.ballot(), Ballot.NONE, NOTHING));
    registers.received("b", new Rejected("k", first.ballot(), new Ballot(7, 1, "b")));

    time.goOn(); // the attempt is given up
    time.goOn(); // and made again

    Prepare second = (Prepare) time.last();
    assertThat(second.ballot().counter()).isEqualTo(8);
    assertThat(time.now).isLessThan(ATTEMPT_MILLIS / 5);
    promise(second.ballot());
    Accept accept = (Accept) time.last();
    registers.received("a", new Accepted("k", accept.ballot()));
    registers.received("b", new Accepted("k", accept.ballot()));
    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Known.class);
  }

  @Test
  void stillTakesTheAnswersOfAMajorityAfterARefusal() {
    Prepare first = begin();
    registers.received("c", new Rejected("k", first.ballot(), new Ballot(7, 1, "b")));

    promise(first.ballot());

    assertThat(((Accept) time.last()).ballot()).isEqualTo(first.ballot());
  }

  @Test
  void waitsLongerForTheAnswersThatAreMissingWithEachAttempt() {
    List<Long> waits = new ArrayList<>();
    begin();
    for (int attempt = 0; attempt < 3; attempt++) {
      Prepare prepare = (Prepare) time.last();
      long asked = time.now;
      registers.received("b", new Rejected("k", prepare.ballot(), new Ballot(99, 1, "b")));
      time.goOn();
      waits.add(time.now - asked);
      time.goOn();
    }

    assertThat(waits).containsExactly(20L, 40L, 80L);
  }

  @Test
  void waitsAWholeAttemptWhereNobodyRefuses() {
    begin();

    time.goOn();

    assertThat(time.now).isEqualTo(ATTEMPT_MILLIS);
  }
}
