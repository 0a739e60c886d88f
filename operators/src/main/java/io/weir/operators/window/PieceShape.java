package io.weir.operators.window;

import io.weir.operators.aggregate.Accumulator;
import io.weir.operators.aggregate.Aggregation;
import io.weir.operators.aggregate.Aggregations;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/**
 * Which aggregates pieces are for, and which accumulators they have: aggregates that can tell their
 * results by the same one have it in common.
 */
final class PieceShape implements Serializable {

  private static final long serialVersionUID = 1;

  private final List<Aggregation> aggregations;
  private final int[] places;
  // Of each accumulator: the first aggregation that it is of.
  private final List<Aggregation> makers;

  private PieceShape(List<Aggregation> aggregations, int[] places) {
    this.aggregations = List.copyOf(aggregations);
    this.places = places;
    List<Aggregation> first = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] == first.size()) {
        first.add(aggregations.get(i));
      }
    }
    makers = List.copyOf(first);
  }

  static PieceShape of(List<Aggregation> aggregations) {
    List<Aggregation> makers = new ArrayList<>();
    int[] places = new int[aggregations.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(aggregations.get(i), makers);
    }
    return new PieceShape(aggregations, places);
  }

  /** The shape of pieces that were written with these signatures and places. */
  static PieceShape restored(List<String> signatures, int[] places) {
    return new PieceShape(signatures.stream().map(Aggregations::ofSignature).toList(), places);
  }

  private static int place(Aggregation aggregation, List<Aggregation> makers) {
    for (int i = 0; i < makers.size(); i++) {
      if (makers.get(i).sharesWith(aggregation)) {
        return i;
      }
    }
    makers.add(aggregation);
    return makers.size() - 1;
  }

  List<String> signatures() {
    return aggregations.stream().map(Aggregation::signature).toList();
  }

  /** Of each aggregation: the place of its accumulator. */
  int[] places() {
    return places.clone();
  }

  Accumulator[] create() {
    Accumulator[] accumulators = new Accumulator[makers.size()];
    Arrays.setAll(accumulators, i -> makers.get(i).create());
    return accumulators;
  }

  Accumulator[] read(DataInputView in) throws IOException {
    Accumulator[] accumulators = new Accumulator[makers.size()];
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i] = makers.get(i).read(in);
    }
    return accumulators;
  }

  /**
   * Writes the results into a row from a column on; returns how many did not fit.
   *
   * @param lengths of the aggregations' lists; 0, or none at all, where they are as declared
   */
  int writeResults(Accumulator[] accumulators, int[] lengths, Row out, int first) {
    int misfits = 0;
    for (int i = 0; i < places.length; i++) {
      int length = i < lengths.length ? lengths[i] : 0;
      Accumulator accumulator = accumulators[places[i]];
      boolean fits = aggregations.get(i).writeResult(accumulator, out, first + i, length);
      misfits += fits ? 0 : 1;
    }
    return misfits;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PieceShape that
        && signatures().equals(that.signatures())
        && Arrays.equals(places, that.places);
  }

  @Override
  public int hashCode() {
    return signatures().hashCode();
  }
}
