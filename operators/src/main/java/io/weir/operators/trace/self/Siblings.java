package io.weir.operators.trace.self;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The spans of a trace by their parents, in the order in which they began. */
final class Siblings {

  /** Children that end later than their parent by more than this do not count as its children. */
  static final long MOST_LATE_MILLIS = 10_000;

  private static final Comparator<EndedSpan> BY_START =
      Comparator.comparingLong(EndedSpan::startMicros);

  private final Map<Long, List<EndedSpan>> byParent = new HashMap<>();

  Siblings(Collection<EndedSpan> spans) {
    for (EndedSpan span : spans) {
      if (span.parent() != span.id()) {
        byParent.computeIfAbsent(span.parent(), parent -> new ArrayList<>()).add(span);
      }
    }
    byParent.values().forEach(siblings -> siblings.sort(BY_START));
  }

  /**
   * How long none of a span's children went on, in microseconds. Children at the same time count
   * once; what one goes on for before or behind its parent does not count.
   */
  long selfMicrosOf(EndedSpan span) {
    long self = 0;
    long covered = span.startMicros();
    for (EndedSpan child : byParent.getOrDefault(span.id(), List.of())) {
      if (child.endMillis() <= span.endMillis() + MOST_LATE_MILLIS) {
        long start = Math.min(child.startMicros(), span.endMicros());
        self += Math.max(0, start - covered);
        covered = Math.max(covered, child.endMicros());
      }
    }
    return self + Math.max(0, span.endMicros() - covered);
  }
}
