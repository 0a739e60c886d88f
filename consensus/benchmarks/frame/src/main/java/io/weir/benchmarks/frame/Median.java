package io.weir.benchmarks.frame;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of several rounds, which one disturbed round does not move far. */
public final class Median {

  private Median() {}

  /**
   * The middle value, or the mean of the two in the middle.
   *
   * @param rounds at least one
   */
  public static <T> double of(List<T> rounds, ToDoubleFunction<T> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing has no middle");
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
