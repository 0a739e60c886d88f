package io.weir.operators.alert;

import java.util.Arrays;

/**
 * The median of the last {@value #LENGTH} values: what a metric usually is (Tukey, Exploratory Data
 * Analysis, 1977, chapter 7). Half of the values must be unusual before the median is, so that a
 * fault of half an hour does not hide itself. The state is an array, which Flink writes as it is:
 * how many values there have been, and the last ones.
 */
final class RunningMedian {

  static final int LENGTH = 60;

  /** With fewer values nothing is usual yet. */
  static final int FEWEST = 10;

  private RunningMedian() {}

  static double[] start() {
    return new double[1 + LENGTH];
  }

  /** The median; NaN while there are too few values. */
  static double of(double[] state) {
    int held = (int) Math.min(state[0], LENGTH);
    if (held < FEWEST) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOfRange(state, 1, 1 + held);
    Arrays.sort(sorted);
    return (sorted[(held - 1) / 2] + sorted[held / 2]) / 2;
  }

  /** Takes a value in; one that is missing changes nothing. */
  static void add(double[] state, double value) {
    if (!Double.isNaN(value)) {
      state[1 + (int) (state[0] % LENGTH)] = value;
      state[0]++;
    }
  }
}
