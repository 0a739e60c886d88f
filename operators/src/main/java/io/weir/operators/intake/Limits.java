package io.weir.operators.intake;

/**
 * {@link TimeLimits} in the units of the hot path.
 *
 * @param idleMillis {@link Long#MAX_VALUE} where no origin is ever idle
 * @param unassignedMillis after how long without any origin a gate is idle; it never waits for
 *     ever, as a source may have fewer origins than subtasks
 */
record Limits(
    long latenessMillis,
    long maxAheadMillis,
    long idleMillis,
    long unassignedMillis,
    int holdRows,
    long holdForMillis) {

  static Limits of(TimeLimits limits) {
    boolean neverIdle = limits.idle().isZero();
    return new Limits(
        limits.lateness().toMillis(),
        limits.maxAhead().toMillis(),
        neverIdle ? Long.MAX_VALUE : limits.idle().toMillis(),
        (neverIdle ? TimeLimits.DEFAULT : limits).idle().toMillis(),
        limits.holdRows(),
        limits.holdFor().toMillis());
  }

  /** Whether it means something that an origin is silent. */
  boolean silenceCounts() {
    return idleMillis != Long.MAX_VALUE;
  }
}
