package io.weir.operators.alert.operator;

import java.util.Arrays;

/**
 * The last {@value #LENGTH} values of a metric: what it usually is, by their median (Tukey,
 * Exploratory Data Analysis, 1977, chapter 7), and how high it usually rises, by their 95th
 * percentile. Where a service does several things, the mixture makes its metrics jump between
 * levels; the percentile knows the higher ones. Neither follows single outliers: it takes more than
 * half of the values, or more than a twentieth, to move it.
 *
 * <p>The state is an array, which Flink writes as it is: how many values there have been, and the
 * last ones.
 */
final class RecentValues {

  static final int LENGTH = 60;

  /** With fewer values nothing is usual yet. */
  static final int FEWEST = 10;

  private static final double HIGH = 0.95;

  private final double[] state;
  private final double[] sorted;

  private RecentValues(double[] state) {
    this.state = state;
    int held = (int) Math.min(state[0], LENGTH);
    sorted = Arrays.copyOfRange(state, 1, 1 + (held < FEWEST ? 0 : held));
    Arrays.sort(sorted);
  }

  static double[] start() {
    return new double[1 + LENGTH];
  }

  static RecentValues of(double[] state) {
    return new RecentValues(state);
  }

  /** The median; NaN while there are too few values. */
  double usual() {
    int held = sorted.length;
    return held == 0 ? Double.NaN : (sorted[(held - 1) / 2] + sorted[held / 2]) / 2;
  }

  /** The nearest rank of 95 %; NaN while there are too few values. */
  double high() {
    int held = sorted.length;
    return held == 0 ? Double.NaN : sorted[(int) Math.ceil(HIGH * held) - 1];
  }

  /** Takes a value into the state, not into what this says; one that is missing changes nothing. */
  void add(double value) {
    if (!Double.isNaN(value)) {
      state[1 + (int) (state[0] % LENGTH)] = value;
      state[0]++;
    }
  }
}
