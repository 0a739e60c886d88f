package io.weir.operators.alert.operator;

import io.weir.operators.alert.rule.Metric;
import io.weir.operators.alert.rule.Scope;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * How series are judged, as fixed when a job is submitted.
 *
 * @param scope what kind of series they are
 * @param metrics that samples have; rules on others are for somebody else. With the scope, no two
 *     operators of a job have the same
 * @param window the length of their windows
 * @param forget a series without calls is forgotten after so long. Too short, and what it usually
 *     is must be learned anew after each pause; too long, and series that never come back take
 *     memory
 * @param stamped whether windows are stamped
 */
public record AlertPlan(
    Scope scope, Set<Metric> metrics, Duration window, Duration forget, boolean stamped)
    implements Serializable {

  public AlertPlan {
    metrics = Set.copyOf(metrics);
    if (window.isNegative() || window.isZero() || forget.compareTo(window) < 0) {
      throw new IllegalArgumentException(
          "windows of %s, forgotten after %s: it must be at least one window"
              .formatted(window, forget));
    }
  }

  /** Which windows they are, as no other operator of the job judges. */
  String title() {
    return metrics.equals(Metric.OF_SPANS) ? scope.toString() : scope + " " + metrics;
  }
}
