package io.weir.operators.window;

/**
 * A stretch of event time.
 *
 * @param start its first millisecond
 * @param end the first millisecond behind it
 */
record Span(long start, long end) {

  boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }

  Span cover(Span other) {
    return new Span(Math.min(start, other.start), Math.max(end, other.end));
  }
}
