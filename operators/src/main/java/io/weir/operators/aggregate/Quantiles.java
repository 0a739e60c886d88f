package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.math.BigDecimal;

/** Values of which any quantile can be told: one accumulator serves several. */
interface Quantiles extends Accumulator {

  /**
   * Writes the value by nearest rank into a column of a row.
   *
   * @param q above 0 and up to 1
   * @return whether it fits
   */
  boolean writeQuantile(BigDecimal q, Row out, int column);

  @Override
  default boolean writeResult(Row out, int column) {
    throw new IllegalStateException("which quantile is known to the aggregation");
  }
}
