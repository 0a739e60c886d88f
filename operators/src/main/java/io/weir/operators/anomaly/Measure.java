package io.weir.operators.anomaly;

import java.io.Serializable;

/**
 * What an {@link AnomalyFunction} needs to know of its elements.
 *
 * @param <I> the elements
 * @param <O> what becomes of them
 */
public interface Measure<I, O> extends Serializable {

  /** The value that is judged; NaN where the element has none: it then scores 0. */
  double value(I element);

  /** The element with its score. */
  O scored(I element, double score);

  /** Whether nothing follows in the element's series, whose state then goes. */
  default boolean isLast(I element) {
    return false;
  }
}
