package io.weir.operators.window;

import java.io.Serializable;

/**
 * How much a pre-aggregating subtask holds before it passes everything on. Too small: more partial
 * results cross the network. Too large: memory, and a burst at each checkpoint.
 *
 * @param maxEntries groups times slices; above 0
 * @param maxBytes their weight in memory, roughly; above 0
 */
public record PreAggregation(int maxEntries, long maxBytes) implements Serializable {

  public static final PreAggregation DEFAULT = new PreAggregation(100_000, 64L << 20);

  /** Every row is passed on at once, as a partial result of its own. */
  public static final PreAggregation OFF = new PreAggregation(1, 1);

  public PreAggregation {
    if (maxEntries <= 0 || maxBytes <= 0) {
      throw new IllegalArgumentException(
          "pre-aggregation within "
              + maxEntries
              + " entries and "
              + maxBytes
              + " bytes; both must be above 0");
    }
  }
}
