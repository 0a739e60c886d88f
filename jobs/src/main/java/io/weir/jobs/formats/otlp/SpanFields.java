package io.weir.jobs.formats.otlp;

import io.weir.operators.intake.BrokenRecordException;
import org.jspecify.annotations.Nullable;

/** The fields of one span after the other, as they are read. */
final class SpanFields {

  private static final long NANOS_PER_MICRO = 1_000;
  private static final long UNSET = 0;

  long traceIdHigh;
  long traceIdLow;
  long spanId;
  long parentSpanId;
  String operation = "";
  long startNanos;
  long endNanos;
  boolean error;

  /** What cannot be read; null if nothing. */
  private @Nullable String problem;

  void clear() {
    problem = null;
    traceIdHigh = 0;
    traceIdLow = 0;
    spanId = 0;
    parentSpanId = 0;
    operation = "";
    startNanos = UNSET;
    endNanos = UNSET;
    error = false;
  }

  /** Says that a field cannot be read; the first one counts. */
  void unreadable(String what) {
    problem = problem == null ? what : problem;
  }

  /** What the protocol demands of a span, and an end that does not lie before its start. */
  void check() throws BrokenRecordException {
    if (problem != null) {
      throw new BrokenRecordException(problem);
    }
    if (traceIdHigh == 0 && traceIdLow == 0) {
      throw new BrokenRecordException("traceId is missing or zero");
    }
    if (spanId == 0) {
      throw new BrokenRecordException("spanId is missing or zero");
    }
    if (startNanos <= UNSET || endNanos <= UNSET) {
      throw new BrokenRecordException(
          "startTimeUnixNano and endTimeUnixNano must lie between 1970 and 2262");
    }
    if (endNanos < startNanos) {
      throw new BrokenRecordException("endTimeUnixNano lies before startTimeUnixNano");
    }
  }

  /** Cut off, not rounded. */
  long durationMicros() {
    return (endNanos - startNanos) / NANOS_PER_MICRO;
  }

  long startMicros() {
    return startNanos / NANOS_PER_MICRO;
  }

  long endMicros() {
    return endNanos / NANOS_PER_MICRO;
  }
}
