package io.weir.benchmarks.monitoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;

/**
 * One of several copies of the same spans.
 *
 * @param number from 0; part of the trace ids
 * @param laterNanos by which its times are later
 */
record Copy(long number, long laterNanos) {

  private static final int DIGITS = 16;

  /** Gives a span the id and the times that it has in this copy. */
  void mark(ObjectNode span) {
    String trace = span.get("traceId").textValue();
    long high = HexFormat.fromHexDigitsToLong(trace.substring(0, DIGITS)) ^ number;
    span.put("traceId", HexFormat.of().toHexDigits(high) + trace.substring(DIGITS));
    move(span, "startTimeUnixNano");
    move(span, "endTimeUnixNano");
  }

  private void move(ObjectNode span, String time) {
    span.put(time, Long.toString(OtlpTrees.nanos(span, time) + laterNanos));
  }
}
