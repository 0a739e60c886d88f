package io.weir.consensus.server.raft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The barriers of a node: those that wait for a round to ask for them, those of rounds under way,
 * and those whose index is known and not yet applied here. The submitter's thread only.
 */
final class Barriers {

  /** Those that come while a round is under way share the next one. */
  private static final int MAX_ROUNDS = 2;

  private final List<Pending> waiting = new ArrayList<>();
  private final Set<List<Pending>> asked = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<List<Pending>> applying = Collections.newSetFromMap(new IdentityHashMap<>());

  void add(Pending barrier) {
    waiting.add(barrier);
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  boolean mayAsk() {
    return isWaiting() && asked.size() < MAX_ROUNDS;
  }

  boolean isIdle() {
    return waiting.isEmpty() && asked.isEmpty();
  }

  /** All that wait: their round begins after each of them. */
  List<Pending> nextRound() {
    List<Pending> round = new ArrayList<>(waiting);
    waiting.clear();
    asked.add(round);
    return round;
  }

  /** Says that a round has its index; false when its barriers wait again already. */
  boolean learned(List<Pending> round) {
    return asked.remove(round) && applying.add(round);
  }

  void applied(List<Pending> round) {
    applying.remove(round);
    round.forEach(barrier -> barrier.answer().complete(barrier.command()));
  }

  /** Those of rounds under way wait again. */
  void askAgain() {
    asked.forEach(waiting::addAll);
    asked.clear();
    waiting.removeIf(barrier -> barrier.answer().isDone());
  }

  /** Does something with every barrier that may end it. */
  void each(Consumer<Pending> something) {
    waiting.forEach(something);
    asked.forEach(round -> round.forEach(something));
    applying.forEach(round -> round.forEach(something));
    waiting.removeIf(barrier -> barrier.answer().isDone());
  }
}
