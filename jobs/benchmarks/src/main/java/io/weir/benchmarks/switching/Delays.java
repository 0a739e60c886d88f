package io.weir.benchmarks.switching;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Milliseconds from a change to the last subtask that is under it. */
record Delays(double[] millis) {

  static Delays all(List<Delays> some) {
    return new Delays(
        some.stream().flatMapToDouble(each -> Arrays.stream(each.millis())).toArray());
  }

  double p50() {
    return quantile(0.5);
  }

  double p99() {
    return quantile(0.99);
  }

  private double quantile(double q) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(q * sorted.length) - 1];
  }

  String json(String prefix) {
    return String.format(
        Locale.ROOT, "\"%1$sp50_ms\":%2$.1f,\"%1$sp99_ms\":%3$.1f", prefix, p50(), p99());
  }
}
