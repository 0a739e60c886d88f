package io.weir.operators.routing.output;

import java.lang.reflect.Field;
import org.apache.flink.streaming.api.operators.CountingOutput;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.io.RecordWriterOutput;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * The way from the last operator of a chain to its writer, past the counter that Flink puts between
 * them. The counter itself is little; but calls are compiled into their callers 15 deep at most
 * ({@code -XX:MaxInlineLevel}), and from there to the copy into a buffer they are deeper.
 */
final class Shortcut {

  private Shortcut() {}

  /**
   * Finds what is behind the counter.
   *
   * @param output of an operator, as Flink gives it to it
   * @return null if there is no counter, or no single writer behind it
   * @throws IllegalStateException if Flink's counter is not what it was when this was written
   */
  @SuppressWarnings("unchecked") // Both take the same records.
  static <T> @Nullable RecordWriterOutput<T> of(Output<StreamRecord<T>> output) {
    return output instanceof CountingOutput<T> counting
            && behind(counting) instanceof RecordWriterOutput<?> writer
        ? (RecordWriterOutput<T>) writer
        : null;
  }

  private static Object behind(CountingOutput<?> counting) {
    try {
      Field behind = CountingOutput.class.getDeclaredField("output");
      behind.setAccessible(true);
      return behind.get(counting);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no way past the counter of Flink's records out", e);
    }
  }
}
