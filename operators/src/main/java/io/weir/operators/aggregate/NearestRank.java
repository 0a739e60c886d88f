package io.weir.operators.aggregate;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Which of n sorted values a quantile is: number ceil(q n), from 1. */
final class NearestRank {

  private NearestRank() {}

  // In decimals: as doubles, 0.07 x 100 is more than 7 and its ceiling 8.
  static long of(BigDecimal q, long total) {
    return q.multiply(BigDecimal.valueOf(total)).setScale(0, RoundingMode.CEILING).longValueExact();
  }
}
