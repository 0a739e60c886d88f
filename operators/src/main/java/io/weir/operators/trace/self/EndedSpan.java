package io.weir.operators.trace.self;

/**
 * A span of a trace, as far as its self time and that of its parent need it.
 *
 * @param parent its own id where it has none
 * @param endMillis when it ended
 * @param measured whether its self time is known and told, or never will be
 */
record EndedSpan(
    long id, long parent, String service, long endMillis, long durationMicros, boolean measured) {

  private static final long MICROS = 1_000;

  long endMicros() {
    return MICROS * endMillis;
  }

  long startMicros() {
    return endMicros() - durationMicros;
  }

  EndedSpan asMeasured() {
    return new EndedSpan(id, parent, service, endMillis, durationMicros, true);
  }
}
