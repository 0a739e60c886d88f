package io.weir.operators.epoch.metrics;

import io.weir.operators.epoch.message.Document;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.metrics.Histogram;

/**
 * How long versions take to come into force, in milliseconds: from the store's agreement to the
 * completion of the checkpoint that has switched all subtasks. Of a version that was agreed before
 * this JobManager ran, from its start.
 *
 * <p>Agreement is told by the store's clock, completion by the JobManager's: what clocks differ by
 * is in it, and what would be below 0 counts as 0. Versions that were overtaken by newer ones are
 * left out. Thread-safe.
 */
final class SwitchDelays {

  /** Versions that may be agreed while a job cannot make a checkpoint. */
  static final int MOST_WAITING = 1_000;

  private final InstantSource clock;
  private final Instant start;
  private final RecentHistogram histogram = new RecentHistogram();
  // By hash, in the order in which they were agreed.
  private final Map<String, Instant> waiting = new LinkedHashMap<>();

  SwitchDelays(InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant();
  }

  Histogram histogram() {
    return histogram;
  }

  synchronized void agreed(Document document, Instant time) {
    if (waiting.size() == MOST_WAITING) {
      waiting.remove(waiting.keySet().iterator().next());
    }
    waiting.putIfAbsent(document.hash(), time.isBefore(start) ? start : time);
  }

  synchronized void inForce(Document document) {
    Instant agreed = waiting.get(document.hash());
    if (agreed != null) {
      forgetUpTo(document.hash());
      histogram.update(Math.max(0, Duration.between(agreed, clock.instant()).toMillis()));
    }
  }

  private void forgetUpTo(String hash) {
    for (Iterator<String> each = waiting.keySet().iterator(); each.hasNext(); ) {
      boolean last = each.next().equals(hash);
      each.remove();
      if (last) {
        return;
      }
    }
  }
}
