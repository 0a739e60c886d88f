package io.weir.jobs.generator;

import java.io.Serializable;
import java.util.List;

/**
 * When events arrive: {@code start}, plus what the rate says, plus all pauses before the event.
 *
 * @param startMillis when event 0 arrives, unless a pause or the rate holds it back
 * @param curve the rate
 * @param pauses in the order of their events
 */
record Timeline(long startMillis, RateCurve curve, List<GeneratorSettings.Pause> pauses)
    implements Serializable {

  /** When event {@code index} arrives, in milliseconds since 1970. Never before the one before. */
  long arrivalMillis(long index) {
    long millis = startMillis + (long) curve.millisOf(index);
    for (int i = 0; i < pauses.size() && pauses.get(i).after() <= index; i++) {
      millis += pauses.get(i).length().toMillis();
    }
    return millis;
  }

  /** How many events arrived between the last pause, or the start, and event {@code index}. */
  long eventsSincePause(long index) {
    long since = index;
    for (int i = 0; i < pauses.size() && pauses.get(i).after() <= index; i++) {
      since = index - pauses.get(i).after();
    }
    return since;
  }
}
