package io.weir.consensus.server.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for an explanation of a short history in every order of its operations, by doing them one
 * after the other and comparing the answers. Knows nothing of what {@link Search} leaves out.
 */
final class BruteForce<S, C, A> {

  /** What an operation does to what a register holds, and what it answers. */
  interface Machine<S, C, A> {
    Step<S, A> execute(S state, C call);
  }

  record Step<S, A>(S state, A answer) {}

  private final Machine<S, C, A> machine;

  BruteForce(Machine<S, C, A> machine) {
    this.machine = machine;
  }

  boolean isLinearizable(S state, List<Operation<C, A>> rest) {
    if (rest.stream().allMatch(each -> each.answer() == null)) {
      return true;
    }
    for (Operation<C, A> next : rest) {
      List<Operation<C, A>> others = new ArrayList<>(rest);
      others.remove(next);
      Step<S, A> step = machine.execute(state, next.call());
      boolean explained = next.answer() == null || next.answer().equals(step.answer());
      if (explained && mayBeFirst(next, others) && isLinearizable(step.state(), others)) {
        return true;
      }
    }
    return false;
  }

  private static <C, A> boolean mayBeFirst(
      Operation<C, A> operation, List<Operation<C, A>> others) {
    return others.stream()
        .noneMatch(other -> other.answer() != null && other.answeredAt() < operation.calledAt());
  }
}
