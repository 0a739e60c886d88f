package io.weir.jobs.monitoring;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Spans that tests make up, as lines of OTLP JSON. */
final class Spans {

  private long last;

  /**
   * A root span.
   *
   * @param end of the span
   * @param millis how long it took
   */
  String line(String service, Instant end, long millis, boolean error) {
    last++;
    long nanos = TimeUnit.MILLISECONDS.toNanos(end.toEpochMilli());
    return """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":\
        {"stringValue":"%s"}}]},"scopeSpans":[{"spans":[{"traceId":"%032x","spanId":"%016x",\
        "name":"GET","startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":{"code":%d}}]}]}]}"""
        .formatted(
            service,
            last,
            last,
            nanos - TimeUnit.MILLISECONDS.toNanos(millis),
            nanos,
            error ? 2 : 0);
  }
}
