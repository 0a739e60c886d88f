package io.weir.consensus.server.paxos;

import io.weir.consensus.server.paxos.Message.BallotReply;
import io.weir.consensus.server.paxos.Message.Fetch;
import io.weir.consensus.server.paxos.Message.Fetched;
import io.weir.consensus.server.paxos.Message.Reply;
import io.weir.consensus.server.paxos.Message.RoundReply;
import io.weir.consensus.server.paxos.Message.Survey;
import io.weir.consensus.server.paxos.Message.Surveyed;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One node's way to all registers: changes them one after the other, reads them, and tries again
 * what was lost or preempted, until a limit of time.
 *
 * <p>One thread at a time, which also calls back.
 */
public class Registers {

  /** What an attempt at a question of this kind came to. */
  interface Conversation {

    /** Takes an answer. */
    void received(String from, RoundReply reply);
  }

  private final Setting setting;
  private final Map<String, Changes> changes = new HashMap<>();
  private final Map<String, Reads> reads = new HashMap<>();
  private final Map<String, QuorumRead.Found> known = new HashMap<>();
  private final Map<Long, Conversation> conversations = new HashMap<>();
  private long rounds;

  public Registers(Setting setting) {
    this.setting = setting;
    // An answer to what was asked before a restart must not be taken for one to a later question.
    this.rounds = (long) setting.incarnation() << Integer.SIZE;
  }

  /** Takes an answer of an acceptor. */
  public final void received(String from, Reply reply) {
    if (reply instanceof BallotReply ballot) {
      Changes ofKey = changes.get(ballot.key());
      if (ofKey != null) {
        ofKey.received(from, ballot);
      }
    } else if (reply instanceof RoundReply round) {
      Conversation waiting = conversations.get(round.round());
      if (waiting != null) {
        waiting.received(from, round);
      }
    }
  }

  /** Changes a register; see {@link Change}. */
  public final void change(
      String key, Change change, long limitMillis, Consumer<Outcome> whenDone) {
    changes
        .computeIfAbsent(key, same -> new Changes(setting, proposer(same)))
        .add(change, limitMillis, outcome -> whenDone.accept(noted(key, outcome)));
  }

  protected Proposer proposer(String key) {
    return new Proposer(key, setting.node(), setting.incarnation(), setting.acceptors().size());
  }

  /**
   * Reads what was chosen in a register before this call, or since. Reads that wait at the same
   * time share their questions.
   */
  public final void read(String key, long limitMillis, Consumer<Outcome> whenDone) {
    reads.computeIfAbsent(key, same -> new Reads(this, setting, same)).add(limitMillis, whenDone);
  }

  protected QuorumRead quorumRead(QuorumRead.Found newest) {
    return new QuorumRead(setting.acceptors().size(), newest);
  }

  /** The newest state that this node knows to be chosen; without asking anybody. */
  public final QuorumRead.Found known(String key) {
    return known.getOrDefault(key, new QuorumRead.Found(Ballot.NONE, Slot.EMPTY.state()));
  }

  /** Takes from elsewhere that a state was chosen. */
  public final void learn(String key, Ballot ballot, byte[] state) {
    if (ballot.isAbove(known(key).ballot())) {
      known.put(key, new QuorumRead.Found(ballot, state));
    }
  }

  /** Nobody reads a register any more; anybody may ask for one that nobody ever changed. */
  final void forget(String key) {
    reads.remove(key);
  }

  final Outcome noted(String key, Outcome outcome) {
    if (outcome instanceof Outcome.Known chosen) {
      learn(key, chosen.ballot(), chosen.state());
    }
    return outcome;
  }

  /**
   * Asks a majority for states of the past, with numbers from the highest down, as many as fit;
   * answers nothing when no majority answers in time.
   */
  public final void fetch(
      String key, long from, long to, long limitMillis, Consumer<Optional<List<Past>>> whenDone) {
    ask(
        round -> new Fetch(round, key, from, to),
        limitMillis,
        answers ->
            whenDone.accept(
                answers.map(
                    all ->
                        all.stream()
                            .flatMap(answer -> ((Fetched) answer).states().stream())
                            .toList())));
  }

  /**
   * Asks a majority which registers they have accepted something of, and in which ballots; answers
   * nothing when no majority answers in time.
   */
  public final void survey(
      long limitMillis, Consumer<Optional<List<Map<String, Ballot>>>> whenDone) {
    ask(
        Survey::new,
        limitMillis,
        answers ->
            whenDone.accept(
                answers.map(
                    all -> all.stream().map(each -> ((Surveyed) each).accepted()).toList())));
  }

  private void ask(
      LongFunction<Message.Request> question,
      long limitMillis,
      Consumer<Optional<Collection<RoundReply>>> whenDone) {
    new Poll(this, setting, question, whenDone).ask(limitMillis);
  }

  final long open(Conversation conversation) {
    rounds++;
    conversations.put(rounds, conversation);
    return rounds;
  }

  final void close(long round) {
    conversations.remove(round);
  }

  /** Asks all acceptors the same, until a majority has answered or time is over. */
  private static final class Poll implements Conversation {
    private final Registers registers;
    private final Setting setting;
    private final LongFunction<Message.Request> question;
    private final Consumer<Optional<Collection<RoundReply>>> whenDone;
    private final Map<String, RoundReply> answers = new HashMap<>();
    private long round;
    private Surroundings.@Nullable Timer again;

    Poll(
        Registers registers,
        Setting setting,
        LongFunction<Message.Request> question,
        Consumer<Optional<Collection<RoundReply>>> whenDone) {
      this.registers = registers;
      this.setting = setting;
      this.question = question;
      this.whenDone = whenDone;
    }

    void ask(long leftMillis) {
      round = registers.open(this);
      setting.broadcast(question.apply(round));
      again = setting.surroundings().after(setting.attemptMillis(), () -> askAgain(leftMillis));
    }

    private void askAgain(long leftMillis) {
      registers.close(round);
      answers.clear();
      long left = leftMillis - setting.attemptMillis();
      if (left > 0) {
        ask(left);
      } else {
        whenDone.accept(Optional.empty());
      }
    }

    @Override
    public void received(String from, RoundReply reply) {
      answers.put(from, reply);
      if (answers.size() >= setting.quorum()) {
        registers.close(round);
        if (again != null) {
          again.cancel();
        }
        whenDone.accept(Optional.of(answers.values()));
      }
    }
  }
}
