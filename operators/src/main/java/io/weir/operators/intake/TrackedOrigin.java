package io.weir.operators.intake;

/** An origin that a gate takes records from: its clock, and when it was last heard of. */
final class TrackedOrigin {

  private final OriginClock clock;
  private final long assignedAt;
  private long lastRecordAt;
  private boolean aside;

  /**
   * Starts to listen.
   *
   * @param aside whether nobody waits for this origin yet
   */
  TrackedOrigin(OriginClock clock, long now, boolean aside) {
    this.clock = clock;
    this.aside = aside;
    assignedAt = now;
    lastRecordAt = now;
  }

  OriginClock clock() {
    return clock;
  }

  /** The moment as the clock counts it. */
  long at(long now) {
    return now - assignedAt;
  }

  void heard(long now) {
    lastRecordAt = now;
  }

  /** Whether it is silent now, but has not stepped aside yet. */
  boolean fallsSilent(long now, Limits limits) {
    return !aside && now - lastRecordAt >= limits.idleMillis();
  }

  /**
   * Whether the origin stands aside: it fell silent and no record of it has been on time since. It
   * then holds up neither the watermark nor records: others do not wait for them.
   */
  boolean isAside() {
    return aside;
  }

  void standAside() {
    aside = true;
  }

  void onTime() {
    aside = false;
  }

  /** Whether values have been held for so long, without one on time, that they decide. */
  boolean hasWaited(long now, Limits limits) {
    return clock.hasWaited(at(now), limits);
  }
}
