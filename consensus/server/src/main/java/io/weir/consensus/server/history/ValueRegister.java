package io.weir.consensus.server.history;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A register that holds one number or nothing, and is read, written and compared-and-set by value:
 * what the recorded etcd histories are about.
 */
public final class ValueRegister
    implements Model<ValueRegister.Value, ValueRegister.Call, ValueRegister.Answer> {

  /** What can be asked. */
  public sealed interface Call {}

  /** What the register holds. */
  public record Read() implements Call {
    @Override
    public String toString() {
      return "read";
    }
  }

  /** Replaces what the register holds. */
  public record Write(long value) implements Call {
    @Override
    public String toString() {
      return "write " + value;
    }
  }

  /** Replaces what the register holds if that is the expected value. */
  public record CompareAndSet(long expected, long value) implements Call {
    @Override
    public String toString() {
      return "compare-and-set " + expected + " to " + value;
    }
  }

  /** What can be answered. */
  public sealed interface Answer {}

  /** To a read; empty when nothing was ever written. */
  public record Value(Optional<Long> value) implements Answer {

    static Value of(long value) {
      return new Value(Optional.of(value));
    }

    @Override
    public String toString() {
      return value.map(String::valueOf).orElse("nil");
    }
  }

  /** It was done. */
  public record Done() implements Answer {
    @Override
    public String toString() {
      return "done";
    }
  }

  /** Another value than the expected one was there. */
  public record Refused() implements Answer {
    @Override
    public String toString() {
      return "refused";
    }
  }

  @Override
  public Value initial() {
    return new Value(Optional.empty());
  }

  @Override
  public @Nullable Value after(Value state, Call call, @Nullable Answer answer) {
    if (call instanceof Write write) {
      return Value.of(write.value());
    }
    if (call instanceof CompareAndSet compare) {
      return compareAndSet(state, compare, answer);
    }
    return answer == null || answer.equals(state) ? state : null;
  }

  private static @Nullable Value compareAndSet(
      Value state, CompareAndSet call, @Nullable Answer answer) {
    boolean matches = state.equals(Value.of(call.expected()));
    boolean explained = answer == null || matches == (answer instanceof Done);
    if (!explained) {
      return null;
    }
    return matches ? Value.of(call.value()) : state;
  }

  @Override
  public boolean mayStillChange(Value state, Call call, @Nullable Answer answer) {
    return !(call instanceof Read || answer instanceof Refused);
  }
}
