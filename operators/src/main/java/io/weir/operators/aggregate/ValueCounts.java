package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.util.function.ObjLongConsumer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How often each value of one column occurred.
 *
 * @param <V> the values: texts, or 64 bits in the order of the values
 */
interface ValueCounts<V extends Comparable<V>> {

  static ValueCounts<?> create(int column, ColumnType type) {
    return type.isText() ? new TextCounts(column) : new BitsCounts(column, type);
  }

  /** Counts a row's value if it has one; returns the bytes by which this grew. */
  int add(Row row);

  /** Adds the counts of another one over the same type. */
  void merge(ValueCounts<?> other);

  int distinct();

  void forEach(ObjLongConsumer<V> consumer);

  void write(DataOutputView out) throws IOException;

  void read(DataInputView in) throws IOException;

  long weight();
}
