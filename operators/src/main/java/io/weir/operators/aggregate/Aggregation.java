package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;

/**
 * One aggregate over the rows of one schema.
 *
 * @param signature the function with its column's type instead of the column's name, {@code
 *     quantile(LONG, 0.95)}: two aggregations whose signatures are equal can read each other's
 *     accumulators
 * @param resultType the type of the result's column
 * @param factory makes empty accumulators
 */
public record Aggregation(String signature, ColumnType resultType, Factory factory)
    implements Serializable {

  /** Makes empty accumulators. */
  @FunctionalInterface
  public interface Factory extends Serializable {
    /** Makes one that has seen no row. */
    Accumulator create();
  }

  public Accumulator create() {
    return factory.create();
  }

  /** Reads what an accumulator of the same signature wrote. */
  public Accumulator read(DataInputView in) throws IOException {
    Accumulator accumulator = create();
    accumulator.read(in);
    return accumulator;
  }
}
