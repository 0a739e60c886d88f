package io.weir.operators.window;

import io.weir.operators.aggregate.Accumulator;
import io.weir.operators.row.Row;

/**
 * The aggregates over some rows of one group, how many rows they were, and the lowest version of
 * the configuration under which one of them came, with the lengths of lists that it says. Mutable,
 * owned by one thread.
 */
final class Piece {

  /** No row has come yet. */
  private static final long NO_VERSION = Long.MAX_VALUE;

  private static final int[] AS_DECLARED = {};

  private final PieceShape shape;
  private final Accumulator[] accumulators;
  private long rows;
  private long since;
  // Of each aggregate, 0 where it is as declared; or none at all.
  private int[] lengths;

  Piece(PieceShape shape, long rows, long since, int[] lengths, Accumulator[] accumulators) {
    this.shape = shape;
    this.rows = rows;
    this.since = since;
    this.lengths = lengths;
    this.accumulators = accumulators;
  }

  static Piece empty(PieceShape shape) {
    return new Piece(shape, 0, NO_VERSION, AS_DECLARED, shape.create());
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

  /** Says under which version all rows came. */
  void cameUnder(long version, int[] lengthsOfLists) {
    since = version;
    lengths = lengthsOfLists;
  }

  void merge(Piece other) {
    rows += other.rows;
    if (other.since < since) {
      since = other.since;
      lengths = other.lengths;
    }
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i].merge(other.accumulators[i]);
    }
  }

  long rows() {
    return rows;
  }

  long since() {
    return since;
  }

  int[] lengths() {
    return lengths;
  }

  Accumulator[] accumulators() {
    return accumulators;
  }

  /** Writes the results into a row from a column on; returns how many did not fit. */
  int writeResults(Row out, int first) {
    return shape.writeResults(accumulators, lengths, out, first);
  }

  long weight() {
    long weight = 32;
    for (Accumulator accumulator : accumulators) {
      weight += accumulator.weight();
    }
    return weight;
  }
}
