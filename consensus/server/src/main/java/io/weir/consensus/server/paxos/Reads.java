package io.weir.consensus.server.paxos;

import io.weir.consensus.server.paxos.Message.Held;
import io.weir.consensus.server.paxos.Message.Read;
import io.weir.consensus.server.paxos.Message.RoundReply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The reads of one register. Those that come while questions are under way wait for the next ones:
 * what was answered to earlier questions may be older than they are.
 */
final class Reads implements Registers.Conversation {

  /** Before the state that was found is written back, which preempts whoever is changing it. */
  private static final int FAST_ATTEMPTS = 4;

  private static final class Reader {
    private final Consumer<Outcome> whenDone;
    private Surroundings.@Nullable Timer limit;

    Reader(Consumer<Outcome> whenDone) {
      this.whenDone = whenDone;
    }
  }

  private final Registers registers;
  private final Setting setting;
  private final String key;
  private final List<Reader> waiting = new ArrayList<>();
  private List<Reader> asking = new ArrayList<>();
  private QuorumRead read;
  private long round;
  private int attempts;
  private boolean busy;
  private Surroundings.@Nullable Timer timer;

  Reads(Registers registers, Setting setting, String key) {
    this.registers = registers;
    this.setting = setting;
    this.key = key;
    this.read = registers.quorumRead(registers.known(key));
  }

  void add(long limitMillis, Consumer<Outcome> whenDone) {
    Reader reader = new Reader(whenDone);
    reader.limit = setting.surroundings().after(limitMillis, () -> expire(reader));
    waiting.add(reader);
    if (!busy) {
      next();
    }
  }

  private void next() {
    busy = !waiting.isEmpty();
    if (busy) {
      asking = new ArrayList<>(waiting);
      waiting.clear();
      attempts = 0;
      ask();
    } else {
      registers.forget(key);
    }
  }

  private void ask() {
    if (asking.isEmpty()) {
      next();
      return;
    }
    attempts++;
    if (attempts > FAST_ATTEMPTS) {
      registers.change(key, Change.IDENTITY, 2L * setting.attemptMillis(), this::written);
      return;
    }
    QuorumRead.Found known = registers.known(key);
    read = registers.quorumRead(known);
    round = registers.open(this);
    timer = setting.surroundings().after(setting.attemptMillis(), this::askAgain);
    setting.broadcast(new Read(round, key, known.ballot()));
  }

  private void written(Outcome outcome) {
    if (outcome instanceof Outcome.Known) {
      answer(outcome);
    } else {
      attempts = 0;
      ask();
    }
  }

  @Override
  public void received(String from, RoundReply reply) {
    QuorumRead.Found found = read.received(from, (Held) reply);
    if (found != null) {
      endRound();
      Outcome.Known outcome = new Outcome.Known(found.ballot(), found.state());
      registers.learn(key, found.ballot(), found.state());
      answer(outcome);
    } else if (read.isUndecided()) {
      // Something is being changed; the answer that is missing may still come.
      endTimer();
      timer = setting.surroundings().after(setting.backoff(attempts - 1), this::askAgain);
    }
  }

  private void askAgain() {
    endRound();
    ask();
  }

  private void endRound() {
    registers.close(round);
    endTimer();
  }

  private void endTimer() {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void answer(Outcome outcome) {
    List<Reader> answered = asking;
    asking = new ArrayList<>();
    busy = false;
    answered.forEach(reader -> finish(reader, outcome));
    if (!busy) {
      next();
    }
  }

  /** The questions go on for the others; without any they end by themselves. */
  private void expire(Reader reader) {
    if (asking.remove(reader) || waiting.remove(reader)) {
      finish(reader, new Outcome.Unavailable("no majority agrees on " + key + " in time"));
    }
  }

  private static void finish(Reader reader, Outcome outcome) {
    if (reader.limit != null) {
      reader.limit.cancel();
    }
    reader.whenDone.accept(outcome);
  }
}
