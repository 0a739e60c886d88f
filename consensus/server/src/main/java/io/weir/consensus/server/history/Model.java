package io.weir.consensus.server.history;

import org.jspecify.annotations.Nullable;

/**
 * What a register does when one operation follows the other. Pure: the same arguments, the same
 * answer. States, calls and answers are values with {@code equals} and {@code hashCode}.
 *
 * @param <S> what the register holds
 * @param <C> what can be asked of it
 * @param <A> what it can answer
 */
public interface Model<S, C, A> {

  /** What a register holds before the first operation. */
  S initial();

  /**
   * What a register holds after an operation.
   *
   * @param answer what the client was told; null when it was told nothing
   * @return null when a register in this state does not give this answer
   */
  @Nullable S after(S state, C call, @Nullable A answer);

  /**
   * Whether an operation may still change a register that is in this state now, at once or after
   * other operations. False only if it never can.
   *
   * @param answer as above
   */
  boolean mayStillChange(S state, C call, @Nullable A answer);
}
