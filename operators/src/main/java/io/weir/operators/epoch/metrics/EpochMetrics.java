package io.weir.operators.epoch.metrics;

import io.weir.operators.epoch.message.Document;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a job says of its configuration, in the group {@code weir.configuration} of each configured
 * operator's coordinator; all of them say the same. Counts begin at 0 with each JobManager.
 *
 * <ul>
 *   <li>{@code versionInForce}: the version behind the last completed checkpoint; -1: none yet
 *   <li>{@code newestKnown}: the newest version that the job could use; -1: none yet
 *   <li>{@code stalenessSeconds}: since the store last answered
 *   <li>{@code notFollowed}: 1 while the store's history does not contain what the job holds
 *   <li>{@code switches}: versions that took the place of another
 *   <li>{@code refused}: versions that the job could not use
 *   <li>{@code abortedSwitches}: checkpoints that would have changed the version, and were aborted
 *   <li>{@code mixedRestarts}: times that the job went back since subtasks were under different
 *       versions, or did not say
 *   <li>{@code switchDelayMillis}: see {@link SwitchDelays}
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class EpochMetrics {

  private static final long NONE = -1;

  // The adaptive scheduler makes coordinators anew after each failure, but keeps their groups, in
  // which no name can be given a second time. Only the JobManager's process has any.
  private static final Map<MetricGroup, EpochMetrics> REGISTERED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final AtomicLong newestKnown = new AtomicLong(NONE);
  private final AtomicLong notFollowed = new AtomicLong();
  private final AtomicLong switches = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong abortedSwitches = new AtomicLong();
  private final AtomicLong mixedRestarts = new AtomicLong();
  private final AtomicLong confirmedAt = new AtomicLong(System.nanoTime());
  private final SwitchDelays delays = new SwitchDelays(Instant::now);
  private volatile @Nullable Document inForce;

  /**
   * The metrics of a job: those that its coordinators had before, or new ones.
   *
   * @param coordinator the group of any of its coordinators
   */
  public static EpochMetrics of(MetricGroup coordinator) {
    EpochMetrics known = REGISTERED.get(configuration(coordinator));
    return known != null ? known : new EpochMetrics();
  }

  private static MetricGroup configuration(MetricGroup coordinator) {
    return coordinator.addGroup("weir").addGroup("configuration");
  }

  /** Shows them in a coordinator's group, unless they are there already. */
  public void register(MetricGroup coordinator) {
    MetricGroup group = configuration(coordinator);
    if (REGISTERED.putIfAbsent(group, this) == null) {
      show(group);
    }
  }

  private void show(MetricGroup group) {
    group.gauge("versionInForce", (Gauge<Long>) this::versionInForce);
    group.gauge("newestKnown", (Gauge<Long>) newestKnown::get);
    group.gauge("stalenessSeconds", (Gauge<Long>) this::stalenessSeconds);
    group.gauge("notFollowed", (Gauge<Long>) notFollowed::get);
    group.gauge("switches", (Gauge<Long>) switches::get);
    group.gauge("refused", (Gauge<Long>) refused::get);
    group.gauge("abortedSwitches", (Gauge<Long>) abortedSwitches::get);
    group.gauge("mixedRestarts", (Gauge<Long>) mixedRestarts::get);
    group.histogram("switchDelayMillis", delays.histogram());
  }

  private long versionInForce() {
    Document document = inForce;
    return document == null ? NONE : document.version();
  }

  private long stalenessSeconds() {
    return (System.nanoTime() - confirmedAt.get()) / 1_000_000_000L;
  }

  /** What the job was restored with; null for a new job. */
  public void beginUnder(@Nullable Document restored) {
    inForce = restored;
  }

  /** A checkpoint has completed that is the first with this version. */
  public synchronized void inForce(Document document) {
    Document before = inForce;
    if (before != null && !before.equals(document)) {
      switches.incrementAndGet();
      delays.inForce(document);
    }
    inForce = document;
  }

  /** The store agreed on a version that the job could use. */
  public void agreed(Document document, Instant time) {
    newestKnown.set(document.version());
    delays.agreed(document, time);
  }

  /** The store has answered. */
  public void confirmed() {
    confirmedAt.set(System.nanoTime());
  }

  public void followed(boolean follows) {
    notFollowed.set(follows ? 0 : 1);
  }

  public void refused() {
    refused.incrementAndGet();
  }

  public void switchAborted() {
    abortedSwitches.incrementAndGet();
  }

  public void mixed() {
    mixedRestarts.incrementAndGet();
  }
}
