package io.weir.benchmarks.monitoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * What spans add up to.
 *
 * @param spans with those that come again
 * @param sumMicros of their durations
 * @param calls without those that come again
 * @param sumMicrosOfCalls of the durations of these
 * @param periodNanos whole minutes, and so long that a copy which is later by it comes behind them
 */
record SpanTotals(long spans, long sumMicros, long calls, long sumMicrosOfCalls, long periodNanos) {

  SpanTotals times(long copies) {
    return new SpanTotals(
        copies * spans,
        copies * sumMicros,
        copies * calls,
        copies * sumMicrosOfCalls,
        copies * periodNanos);
  }

  /** Adds spans up. */
  static final class Counter {

    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Set<String> ids = new HashSet<>();
    private long spans;
    private long sumMicros;
    private long sumMicrosOfCalls;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(ObjectNode span) {
      long start = OtlpTrees.nanos(span, "startTimeUnixNano");
      long end = OtlpTrees.nanos(span, "endTimeUnixNano");
      long micros = (end - start) / NANOS_PER_MICRO;
      boolean isNew = ids.add(span.get("traceId").textValue() + span.get("spanId").textValue());
      spans++;
      sumMicros += micros;
      sumMicrosOfCalls += isNew ? micros : 0;
      first = Math.min(first, end);
      last = Math.max(last, end);
    }

    SpanTotals total() {
      long period = ((last - first) / MINUTE_NANOS + 2) * MINUTE_NANOS;
      return new SpanTotals(spans, sumMicros, ids.size(), sumMicrosOfCalls, period);
    }
  }
}
