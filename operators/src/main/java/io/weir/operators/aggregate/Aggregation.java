package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
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
 * @param holds what its accumulators know, in words: aggregations that hold the same may share one.
 *     Empty: it shares with none
 * @param factory makes empty accumulators
 * @param result what it tells by an accumulator
 */
public record Aggregation(
    String signature, ColumnType resultType, String holds, Factory factory, Result result)
    implements Serializable {

  /** Makes empty accumulators. */
  @FunctionalInterface
  public interface Factory extends Serializable {
    /** Makes one that has seen no row. */
    Accumulator create();
  }

  /** Writes results. */
  @FunctionalInterface
  public interface Result extends Serializable {
    /** As {@link Accumulator#writeResult(Row, int, int)}. */
    boolean write(Accumulator accumulator, Row out, int column, int length);
  }

  /** One that shares its accumulators with none. */
  Aggregation(String signature, ColumnType resultType, Factory factory) {
    this(signature, resultType, "", factory, Accumulator::writeResult);
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

  /** Whether one accumulator does for both. */
  public boolean sharesWith(Aggregation other) {
    return !holds.isEmpty() && holds.equals(other.holds);
  }

  /** Writes the result as {@link Accumulator#writeResult(Row, int, int)} does. */
  public boolean writeResult(Accumulator accumulator, Row out, int column, int length) {
    return result.write(accumulator, out, column, length);
  }
}
