package io.weir.consensus.server.history;

import java.util.List;

/**
 * An answer that no order of the operations explains. Everything up to right before it can be
 * explained, so it ends the smallest part of the history that is not linearizable.
 *
 * @param register which one
 * @param operation whose answer it is
 * @param answersBefore how many answers of this register were explained
 * @param before the last of them, oldest first, at most {@value #SHOWN}
 * @param states what the register may have held right before the answer, unless one of the
 *     operations under way changed it
 * @param underWay what else was called and not yet answered
 */
public record Violation(
    String register,
    Operation<?, ?> operation,
    int answersBefore,
    List<? extends Operation<?, ?>> before,
    List<?> states,
    List<? extends Operation<?, ?>> underWay) {

  /** Operations that a report shows of one kind. */
  static final int SHOWN = 10;

  public Violation {
    before = List.copyOf(before);
    states = List.copyOf(states);
    underWay = List.copyOf(underWay);
  }
}
