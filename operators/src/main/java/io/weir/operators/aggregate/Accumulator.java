package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The value of one aggregate over some rows. Merging is associative and commutative, so a result
 * does not depend on how its rows were split up; what holds for a function only within bounds
 * stands in its Javadoc. Mutable and owned by one thread.
 *
 * <p>INVARIANT: {@link #write} and being the argument of {@link #merge} change nothing, not even a
 * cache. Flink's heap state lets a checkpoint's thread write an accumulator while the task's thread
 * copies it.
 */
public interface Accumulator {

  /**
   * Takes in one row.
   *
   * @return the bytes, roughly, by which {@link #weight()} grew
   */
  int add(Row row);

  /** Takes in all rows of another accumulator of the same {@link Aggregation}. */
  void merge(Accumulator other);

  /**
   * Writes the result into a column of a row.
   *
   * @return false if the exact result does not fit the column, which is null then
   */
  boolean writeResult(Row out, int column);

  /**
   * As {@link #writeResult(Row, int)}, with another length where the result is a list.
   *
   * @param length of the list; 0: as declared
   */
  default boolean writeResult(Row out, int column, int length) {
    return writeResult(out, column);
  }

  void write(DataOutputView out) throws IOException;

  /** Fills a new accumulator with what {@link #write} wrote. */
  void read(DataInputView in) throws IOException;

  /** The bytes that this accumulator takes up in memory, roughly. */
  long weight();
}
