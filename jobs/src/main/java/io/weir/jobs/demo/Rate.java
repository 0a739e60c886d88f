package io.weir.jobs.demo;

import java.util.ArrayDeque;

/** The mean rate of a growing count over the last seconds. */
final class Rate {

  private static final long SPAN_NANOS = 5_000_000_000L;

  private record Sample(long nanos, long count) {}

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  /** Takes what the count is now; returns the rate a second. */
  double at(long nanos, long count) {
    samples.add(new Sample(nanos, count));
    while (nanos - samples.element().nanos() > SPAN_NANOS) {
      samples.remove();
    }
    Sample first = samples.element();
    return nanos == first.nanos() ? 0 : (count - first.count()) * 1e9 / (nanos - first.nanos());
  }
}
