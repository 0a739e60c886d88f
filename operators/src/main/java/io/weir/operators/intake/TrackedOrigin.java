package io.weir.operators.intake;

/** An origin that a gate takes records from: its clock, and when it was last heard of. */
final class TrackedOrigin {

  private final OriginClock clock;
  private long lastRecordAt;
  private long lastOnTimeAt;
  private long heldSince;

  TrackedOrigin(OriginClock clock, long now) {
    this.clock = clock;
    lastRecordAt = now;
    lastOnTimeAt = now;
    heldSince = now;
  }

  OriginClock clock() {
    return clock;
  }

  void heard(long now) {
    lastRecordAt = now;
  }

  void onTime(long now) {
    lastOnTimeAt = now;
  }

  void hold(long eventTime, RawRecord record, int index, long now) {
    if (!clock.holdsBack()) {
      heldSince = now;
    }
    clock.hold(eventTime, record, index);
  }

  long silentFor(long now) {
    return now - lastRecordAt;
  }

  boolean isIdle(long now, Limits limits) {
    return silentFor(now) >= limits.idleMillis();
  }

  /** Whether values have been held for so long, without one on time, that they decide. */
  boolean hasWaited(long now, Limits limits) {
    return clock.holdsBack()
        && 4L * clock.held().size() >= limits.holdRows()
        && now - Math.max(lastOnTimeAt, heldSince) >= limits.holdForMillis();
  }
}
