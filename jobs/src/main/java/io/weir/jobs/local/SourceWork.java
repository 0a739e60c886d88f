package io.weir.jobs.local;

import java.util.OptionalDouble;

/**
 * What the sources of a job have done.
 *
 * @param records delivered so far
 * @param done of the work, in a unit of the source's own
 * @param total of the work in the same unit; 0 where it is not known or endless
 */
public record SourceWork(long records, long done, long total) {

  static final SourceWork NONE = new SourceWork(0, 0, 0);

  SourceWork plus(SourceWork other) {
    return new SourceWork(records + other.records, done + other.done, total + other.total);
  }

  /** From 0 to 1. */
  OptionalDouble share() {
    return total > 0
        ? OptionalDouble.of(Math.min(1.0, (double) done / total))
        : OptionalDouble.empty();
  }
}
