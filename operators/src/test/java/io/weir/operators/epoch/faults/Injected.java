package io.weir.operators.epoch.faults;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Faults that the test has happen inside the tasks of its own process. */
record Injected(String name) implements Serializable {

  private static final Map<String, Injected.Switches> SWITCHES = new ConcurrentHashMap<>();

  /** A subtask of a stage. */
  record Place(String stage, int subtask) {}

  private static final class Switches {
    private final Map<Place, AtomicBoolean> failures = new ConcurrentHashMap<>();
    private final Map<Place, Duration> stalls = new ConcurrentHashMap<>();
    private final AtomicInteger failingSnapshots = new AtomicInteger();
    private volatile Duration pause;

    private Switches(Duration pause) {
      this.pause = pause;
    }
  }

  /**
   * No faults yet.
   *
   * @param pause of each source's task after a burst of records
   */
  static Injected none(Duration pause) {
    Injected injected = new Injected(UUID.randomUUID().toString());
    SWITCHES.put(injected.name(), new Switches(pause));
    return injected;
  }

  private Switches switches() {
    return requireNonNull(SWITCHES.get(name), name);
  }

  /** From here on sources read as fast as they can. */
  void hurry() {
    switches().pause = Duration.ZERO;
  }

  /** Fails a subtask at its next record. */
  void fail(String stage, int subtask) {
    switches().failures.put(new Place(stage, subtask), new AtomicBoolean(true));
  }

  /** Whether what was to fail has failed. */
  boolean hasFailed() {
    return switches().failures.values().stream().noneMatch(AtomicBoolean::get);
  }

  /** Holds a subtask up once, at its next record, so that barriers come late. */
  void stall(String stage, int subtask, Duration duration) {
    switches().stalls.put(new Place(stage, subtask), duration);
  }

  /** Has the asynchronous part of the next snapshots fail, which aborts their checkpoints. */
  void failSnapshots(int count) {
    switches().failingSnapshots.set(count);
  }

  /** In a task: a record is here. */
  void onRecord(String stage, int subtask) throws InterruptedException {
    Place place = new Place(stage, subtask);
    Switches switches = switches();
    AtomicBoolean failure = switches.failures.get(place);
    if (failure != null && failure.compareAndSet(true, false)) {
      throw new IllegalStateException("the test fails " + place);
    }
    Optional<Duration> stall = Optional.ofNullable(switches.stalls.remove(place));
    if (stall.isPresent()) {
      TimeUnit.MILLISECONDS.sleep(stall.get().toMillis());
    }
  }

  /** In a task of a source: a burst of records is through. */
  void onBurst() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(switches().pause.toMillis());
  }

  /** In a thread that writes a snapshot: whether it shall fail. */
  boolean failsSnapshot() {
    return switches().failingSnapshots.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }
}
