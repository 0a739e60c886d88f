package io.weir.operators.alert.rule;

import java.util.Locale;

/**
 * What is wrong with a window.
 *
 * @param metric what is looked at
 * @param measure what of it is compared
 * @param comparison how
 * @param threshold with what
 * @param minCalls windows with fewer calls are not wrong, whatever they show: a quantile of three
 *     calls says little
 */
public record Condition(
    Metric metric, Measure measure, Comparison comparison, double threshold, long minCalls) {

  /** What of a metric is compared. */
  public enum Measure {
    /** The metric itself. */
    VALUE(0),
    /** The metric by what it usually is: its median over the last windows with a value. */
    TIMES_USUAL(1),
    /** The metric by how high it usually rises: the 95th percentile of the same windows. */
    TIMES_HIGH(2),
    /** How little the metric fits what came before, from 0 up to but never 1. */
    ANOMALY_SCORE(3);

    private final int place;

    Measure(int place) {
      this.place = place;
    }

    /** Where a table by measures has it, from 0. */
    public int place() {
      return place;
    }
  }

  /** How a measure stands to the threshold. */
  public enum Comparison {
    ABOVE(">"),
    AT_LEAST(">="),
    BELOW("<"),
    AT_MOST("<=");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** As rules write it. */
    public String sign() {
      return sign;
    }

    boolean holds(double value, double threshold) {
      return switch (this) {
        case ABOVE -> value > threshold;
        case AT_LEAST -> value >= threshold;
        case BELOW -> value < threshold;
        case AT_MOST -> value <= threshold;
      };
    }
  }

  /**
   * Whether a window is wrong.
   *
   * @param measured NaN: missing, which is never wrong
   */
  public boolean holds(double measured, double calls) {
    return calls >= minCalls && comparison.holds(measured, threshold);
  }

  /** In words; two conditions are the same if their words are. */
  @Override
  public String toString() {
    String what = measure == Measure.VALUE ? "" : " " + name(measure);
    String least = minCalls == 0 ? "" : ", of at least " + minCalls + " calls";
    return name(metric).replace('-', '_')
        + what
        + " "
        + comparison.sign()
        + " "
        + number(threshold)
        + least;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
