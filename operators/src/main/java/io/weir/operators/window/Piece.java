package io.weir.operators.window;

import io.weir.operators.aggregate.Accumulator;
import io.weir.operators.aggregate.Aggregation;
import io.weir.operators.row.Row;
import java.util.List;

/**
 * The aggregates over some rows of one group, and how many rows they were. Mutable, owned by one
 * thread.
 */
final class Piece {

  private final Accumulator[] accumulators;
  private long rows;

  Piece(long rows, Accumulator[] accumulators) {
    this.rows = rows;
    this.accumulators = accumulators;
  }

  static Piece empty(List<Aggregation> aggregations) {
    return new Piece(0, aggregations.stream().map(Aggregation::create).toArray(Accumulator[]::new));
  }

  /** Takes in a row; returns the bytes by which the weight grew. */
  int add(Row row) {
    rows++;
    int grown = 0;
    for (Accumulator accumulator : accumulators) {
      grown += accumulator.add(row);
    }
    return grown;
  }

  void merge(Piece other) {
    rows += other.rows;
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i].merge(other.accumulators[i]);
    }
  }

  long rows() {
    return rows;
  }

  Accumulator[] accumulators() {
    return accumulators;
  }

  /** Writes the results into a row from a column on; returns how many did not fit. */
  int writeResults(Row out, int first) {
    int misfits = 0;
    for (int i = 0; i < accumulators.length; i++) {
      misfits += accumulators[i].writeResult(out, first + i) ? 0 : 1;
    }
    return misfits;
  }

  long weight() {
    long weight = 32;
    for (Accumulator accumulator : accumulators) {
      weight += accumulator.weight();
    }
    return weight;
  }
}
