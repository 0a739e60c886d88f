package io.weir.operators.epoch.coordination;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a job says of its configuration, in the group {@code weir.configuration} of each
 * coordinator: {@code versionInForce} (-1: none yet), {@code newestKnown}, {@code stalenessSeconds}
 * since the store last answered, {@code switches}, {@code refused}, {@code abortedSwitches}, {@code
 * mixedRestarts}.
 */
final class EpochMetrics {

  private final AtomicLong versionInForce = new AtomicLong(-1);
  private final AtomicLong newestKnown = new AtomicLong(-1);
  private final AtomicLong switches = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong abortedSwitches = new AtomicLong();
  private final AtomicLong mixedRestarts = new AtomicLong();
  private final AtomicLong confirmedAt = new AtomicLong(System.nanoTime());

  void register(MetricGroup coordinator) {
    MetricGroup group = coordinator.addGroup("weir").addGroup("configuration");
    group.gauge("versionInForce", (Gauge<Long>) versionInForce::get);
    group.gauge("newestKnown", (Gauge<Long>) newestKnown::get);
    group.gauge("stalenessSeconds", (Gauge<Long>) this::stalenessSeconds);
    group.gauge("switches", (Gauge<Long>) switches::get);
    group.gauge("refused", (Gauge<Long>) refused::get);
    group.gauge("abortedSwitches", (Gauge<Long>) abortedSwitches::get);
    group.gauge("mixedRestarts", (Gauge<Long>) mixedRestarts::get);
  }

  private long stalenessSeconds() {
    return (System.nanoTime() - confirmedAt.get()) / 1_000_000_000L;
  }

  void inForce(long version) {
    if (versionInForce.getAndSet(version) != version) {
      switches.incrementAndGet();
    }
  }

  void newestKnown(long version) {
    newestKnown.set(version);
  }

  /** The store has answered. */
  void confirmed() {
    confirmedAt.set(System.nanoTime());
  }

  void refused() {
    refused.incrementAndGet();
  }

  void switchAborted() {
    abortedSwitches.incrementAndGet();
  }

  void mixed() {
    mixedRestarts.incrementAndGet();
  }
}
