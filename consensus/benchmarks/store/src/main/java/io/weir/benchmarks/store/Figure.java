package io.weir.benchmarks.store;

import java.util.Locale;

/** What is compared, and in which direction it is better. */
enum Figure {
  PUT_P50_MS(false),
  PUT_P99_MS(false),
  PUTS_PER_S(true),
  GET_P50_MS(false),
  GETS_PER_S(true),
  FAILOVER_P50_MS(false);

  private final boolean moreIsBetter;

  Figure(boolean moreIsBetter) {
    this.moreIsBetter = moreIsBetter;
  }

  /** As it is called in the result. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How much better the one is than the other: 1 is level, 2 is twice as good. */
  double ratio(double one, double other) {
    return moreIsBetter ? one / other : other / one;
  }

  String format(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }
}
