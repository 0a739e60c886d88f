package io.weir.operators.trace.self;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of a trace by their parents, in the order in which they began.
 *
 * <p>Ends are whole milliseconds, so within one nobody knows who came first. Children that may have
 * gone on one behind the other did: else a hundred quick ones would look like one, and the rest of
 * their time like their parent's own. Of a parent that waits for each of them alone the self time
 * is less than a millisecond off.
 */
final class Siblings {

  /** Children that end later than their parent by more than this do not count as its children. */
  static final long MOST_LATE_MILLIS = 10_000;

  private static final long CLOCK_MICROS = 1_000;

  // Where ends say who came first, starts do not: they are as far off as ends, and the longer one
  // seems to begin first. By all three, so that it is no matter in which order spans come.
  private static final Comparator<EndedSpan> BY_START =
      Comparator.comparingLong(Siblings::latestStartOrEnd)
          .thenComparingLong(EndedSpan::startMicros)
          .thenComparingLong(EndedSpan::endMillis);

  private final Map<Long, List<EndedSpan>> byParent = new HashMap<>();

  Siblings(Collection<EndedSpan> spans) {
    for (EndedSpan span : spans) {
      if (span.parent() != span.id()) {
        byParent.computeIfAbsent(span.parent(), parent -> new ArrayList<>()).add(span);
      }
    }
    byParent.values().forEach(siblings -> siblings.sort(BY_START));
  }

  private static long latestStartOrEnd(EndedSpan span) {
    return Math.min(span.startMicros() + CLOCK_MICROS - 1, span.endMicros());
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
        long later = laterStart(child, covered);
        long start = Math.min(child.startMicros() + later, span.endMicros());
        self += Math.max(0, start - covered);
        covered = Math.max(covered, child.endMicros() + later);
      }
    }
    return self + Math.max(0, span.endMicros() - covered);
  }

  /** By how much a span began later than its end says, if it may have begun at a time. */
  private static long laterStart(EndedSpan span, long time) {
    long later = time - span.startMicros();
    return later > 0 && later < CLOCK_MICROS ? later : 0;
  }
}
