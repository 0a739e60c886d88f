package io.weir.operators.alert.operator;

import io.weir.operators.alert.rule.Scope;
import java.io.Serializable;
import java.time.Duration;

/**
 * How series are judged, as fixed when a job is submitted.
 *
 * @param scope what kind of series they are
 * @param window the length of their windows
 * @param forget a series without calls is forgotten after so long. Too short, and what it usually
 *     is must be learned anew after each pause; too long, and series that never come back take
 *     memory
 * @param stamped whether windows are stamped
 */
public record AlertPlan(Scope scope, Duration window, Duration forget, boolean stamped)
    implements Serializable {

  public AlertPlan {
    if (window.isNegative() || window.isZero() || forget.compareTo(window) < 0) {
      throw new IllegalArgumentException(
          "windows of %s, forgotten after %s: it must be at least one window"
              .formatted(window, forget));
    }
  }
}
