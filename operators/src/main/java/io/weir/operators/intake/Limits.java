package io.weir.operators.intake;

/**
 * {@link TimeLimits} in the units of the hot path.
 *
 * @param idleMillis {@link Long#MAX_VALUE} where nothing is ever idle
 */
record Limits(
    long latenessMillis, long maxAheadMillis, long idleMillis, int holdRows, long holdForMillis) {

  static Limits of(TimeLimits limits) {
    return new Limits(
        limits.lateness().toMillis(),
        limits.maxAhead().toMillis(),
        limits.idle().isZero() ? Long.MAX_VALUE : limits.idle().toMillis(),
        limits.holdRows(),
        limits.holdFor().toMillis());
  }
}
