package io.weir.operators.alert;

/** What is known of a window of a series. Durations are in microseconds. */
public enum Metric {
  CALLS(0),
  ERRORS(0),
  /** Errors by calls, from 0 to 1. */
  ERROR_RATE(Double.NaN),
  MEAN_US(Double.NaN),
  MIN_US(Double.NaN),
  P50_US(Double.NaN),
  P95_US(Double.NaN),
  P99_US(Double.NaN),
  MAX_US(Double.NaN);

  private final double whenEmpty;

  Metric(double whenEmpty) {
    this.whenEmpty = whenEmpty;
  }

  /** The metrics of a window without calls; NaN is a value that is missing. */
  static double[] ofEmptyWindow() {
    double[] values = new double[values().length];
    for (Metric metric : values()) {
      values[metric.ordinal()] = metric.whenEmpty;
    }
    return values;
  }
}
