package io.weir.operators.alert.rule;

import java.util.EnumSet;
import java.util.Set;

/** What is known of a window of a series. Durations are in microseconds. */
public enum Metric {
  CALLS(0, 0),
  ERRORS(1, 0),
  /** Errors by calls, from 0 to 1. */
  ERROR_RATE(2, Double.NaN),
  MEAN_US(3, Double.NaN),
  MIN_US(4, Double.NaN),
  P50_US(5, Double.NaN),
  P95_US(6, Double.NaN),
  P99_US(7, Double.NaN),
  MAX_US(8, Double.NaN),
  /** The shifted geometric mean of the time that spans take without their children. */
  SELF_US(9, Double.NaN);

  /** What is known of self times. */
  public static final Set<Metric> OF_SELF_TIMES = Set.of(SELF_US);

  /** What is known of spans and calls as they are. */
  public static final Set<Metric> OF_SPANS = Set.copyOf(EnumSet.complementOf(EnumSet.of(SELF_US)));

  private final int place;
  private final double whenEmpty;

  Metric(int place, double whenEmpty) {
    this.place = place;
    this.whenEmpty = whenEmpty;
  }

  /** Where a sample's values have it, from 0. */
  public int place() {
    return place;
  }

  /** The metrics of a window without calls; NaN is a value that is missing. */
  public static double[] ofEmptyWindow() {
    double[] values = new double[values().length];
    for (Metric metric : values()) {
      values[metric.place] = metric.whenEmpty;
    }
    return values;
  }
}
