package io.weir.consensus.server.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The search for an order of a register's operations, along its calls and answers in the order of
 * time. It keeps every {@link Configuration} in which the register may be, and lets an operation
 * happen only when an answer needs it (Lowe, <i>Testing for linearizability</i>, 2017, just-in-time
 * linearization). A configuration knows of operations that are under way only, so memory follows
 * the number of clients and not the length of the history.
 *
 * <p>What keeps configurations few: an operation that never changes anything happens as soon as its
 * answer is true, since that hinders no other; an unanswered one that can never change anything
 * again is forgotten; of several unanswered ones that ask the same, the first goes first; and see
 * {@link Configurations}.
 *
 * <p>Used by one thread, for one register.
 */
final class Search<S, C, A> {

  private final Model<S, C, A> model;
  private final int maxConfigurations;
  private final OpenOperations<C, A> open = new OpenOperations<>();
  private List<Configuration<S>> possible;

  /**
   * @param maxConfigurations how many are looked at for one answer before the search gives up
   */
  Search(Model<S, C, A> model, int maxConfigurations) {
    this.model = model;
    this.maxConfigurations = maxConfigurations;
    this.possible = List.of(new Configuration<>(model.initial(), new BitSet()));
  }

  /** What the register may hold by all that is known so far. */
  List<S> states() {
    return possible.stream().map(Configuration::state).distinct().toList();
  }

  List<Operation<C, A>> underWay() {
    return open.all();
  }

  /** A client asks. */
  void called(Operation<C, A> operation) {
    int slot = open.add(operation);
    possible =
        possible.stream()
            .map(each -> isSettled(slot, each.state()) ? each.with(slot) : each)
            .toList();
  }

  /**
   * A client is told.
   *
   * @return whether the answer can be explained; if not, the search stands where it stood before
   * @throws TooManyConfigurations when it takes more of them than allowed
   */
  boolean answered(Operation<C, A> operation) {
    int slot = open.slotOf(operation);
    List<Configuration<S>> explained = explain(slot);
    if (explained.isEmpty()) {
      return false;
    }
    BitSet gone = settledEverywhere(open.unanswered(), explained);
    gone.set(slot);
    open.remove(gone);
    possible = without(gone, explained);
    return true;
  }

  /** All configurations in which an operation has happened, each by as few others as it takes. */
  private List<Configuration<S>> explain(int slot) {
    List<Configuration<S>> explained = new ArrayList<>();
    Configurations<S> seen = new Configurations<>(open.unanswered());
    possible.forEach(seen::add);
    Queue<Configuration<S>> waiting = new ArrayDeque<>(possible);
    while (!waiting.isEmpty()) {
      Configuration<S> next = waiting.remove();
      if (next.settled().get(slot)) {
        explained.add(next);
      } else {
        addSuccessors(next, seen, waiting);
      }
      if (seen.added() > maxConfigurations) {
        throw new TooManyConfigurations(maxConfigurations, open.get(slot));
      }
    }
    return explained;
  }

  private void addSuccessors(
      Configuration<S> from, Configurations<S> seen, Queue<Configuration<S>> waiting) {
    BitSet taken = open.taken();
    for (int slot = taken.nextSetBit(0); slot >= 0; slot = taken.nextSetBit(slot + 1)) {
      if (from.settled().get(slot) || isTwinOfEarlier(slot, from)) {
        continue;
      }
      Configuration<S> successor = happen(slot, from);
      if (successor != null && seen.add(successor)) {
        waiting.add(successor);
      }
    }
  }

  private boolean isTwinOfEarlier(int slot, Configuration<S> in) {
    BitSet unanswered = open.unanswered();
    if (!unanswered.get(slot)) {
      return false;
    }
    C call = open.get(slot).call();
    for (int i = unanswered.nextSetBit(0); i < slot; i = unanswered.nextSetBit(i + 1)) {
      if (!in.settled().get(i) && open.get(i).call().equals(call)) {
        return true;
      }
    }
    return false;
  }

  /** What follows when an operation happens; null if it cannot, or need not. */
  private @Nullable Configuration<S> happen(int slot, Configuration<S> from) {
    Operation<C, A> operation = open.get(slot);
    S after = model.after(from.state(), operation.call(), operation.answer());
    if (after == null || (operation.answer() == null && after.equals(from.state()))) {
      return null;
    }
    BitSet settled = (BitSet) from.settled().clone();
    settled.set(slot);
    BitSet taken = open.taken();
    for (int i = taken.nextSetBit(0); i >= 0; i = taken.nextSetBit(i + 1)) {
      if (!settled.get(i) && isSettled(i, after)) {
        settled.set(i);
      }
    }
    return new Configuration<>(after, settled);
  }

  /** Whether an operation need not be looked at again once the register holds this. */
  private boolean isSettled(int slot, S state) {
    C call = open.get(slot).call();
    A answer = open.get(slot).answer();
    return !model.mayStillChange(state, call, answer)
        && (answer == null || model.after(state, call, answer) != null);
  }

  private static <S> BitSet settledEverywhere(BitSet among, List<Configuration<S>> in) {
    BitSet settled = (BitSet) among.clone();
    in.forEach(each -> settled.and(each.settled()));
    return settled;
  }

  private List<Configuration<S>> without(BitSet gone, List<Configuration<S>> from) {
    Configurations<S> rest = new Configurations<>(open.unanswered());
    from.forEach(each -> rest.add(each.without(gone)));
    return rest.stream().toList();
  }
}
