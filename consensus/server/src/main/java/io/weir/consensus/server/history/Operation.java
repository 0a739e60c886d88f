package io.weir.consensus.server.history;

import org.jspecify.annotations.Nullable;

/**
 * What one client asked once, and what it was told.
 *
 * @param client who asked, for the reader of a report
 * @param call what was asked
 * @param answer what was told; null when that is not known, and the operation may have happened at
 *     any time after its call, or never
 * @param calledAt when it was asked, in any unit that all operations share
 * @param answeredAt when it was told; of no meaning without an answer
 * @param callLine line of the file in which the call stands, for the reader of a report
 * @param answerLine likewise for the answer; 0 without one
 */
public record Operation<C, A>(
    String client,
    C call,
    @Nullable A answer,
    long calledAt,
    long answeredAt,
    int callLine,
    int answerLine) {

  public Operation {
    if (answer != null && answeredAt < calledAt) {
      throw new IllegalArgumentException("answered at " + answeredAt + ", called at " + calledAt);
    }
  }

  /** An operation that was never answered, or not so that one could tell what happened. */
  public static <C, A> Operation<C, A> open(String client, C call, long calledAt, int callLine) {
    return new Operation<>(client, call, null, calledAt, Long.MAX_VALUE, callLine, 0);
  }

  @Override
  public String toString() {
    return answer == null
        ? "line " + callLine + ", client " + client + ": " + call + " -> not known"
        : "lines "
            + callLine
            + "-"
            + answerLine
            + ", client "
            + client
            + ": "
            + call
            + " -> "
            + answer;
  }
}
