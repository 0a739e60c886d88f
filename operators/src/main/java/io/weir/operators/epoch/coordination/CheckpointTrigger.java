package io.weir.operators.epoch.coordination;

import io.weir.operators.epoch.EpochSettings;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.checkpoint.CheckpointCoordinator;
import org.jspecify.annotations.Nullable;

/**
 * Has checkpoints made for versions that wait for one: one request in flight, again after a failure
 * while something waits, and never sooner than the settings allow. Runs in the executor's thread.
 */
final class CheckpointTrigger {

  // Checkpoints cannot be made while tasks are starting; doubled up to the longest.
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final ScheduledExecutorService executor;
  private final boolean enabled;
  private final long minDistanceNanos;
  private final BooleanSupplier wanted;

  private volatile @Nullable CheckpointCoordinator checkpoints;
  private boolean busy;
  private long lastRequest;
  private long pauseMillis = SHORTEST_PAUSE.toMillis();

  CheckpointTrigger(
      ScheduledExecutorService executor, EpochSettings settings, BooleanSupplier wanted) {
    this.executor = executor;
    this.wanted = wanted;
    enabled = settings.applyNow();
    minDistanceNanos = settings.minDistanceNanos();
    lastRequest = System.nanoTime() - minDistanceNanos;
  }

  void use(@Nullable CheckpointCoordinator coordinator) {
    checkpoints = coordinator;
  }

  /** Something waits for a checkpoint. From any thread; returns at once. */
  void request() {
    if (enabled) {
      executor.execute(this::advance);
    }
  }

  private void advance() {
    CheckpointCoordinator coordinator = checkpoints;
    if (busy || coordinator == null || !wanted.getAsBoolean()) {
      return;
    }
    busy = true;
    long left = lastRequest + minDistanceNanos - System.nanoTime();
    if (left > 0) {
      later(left, TimeUnit.NANOSECONDS);
      return;
    }
    lastRequest = System.nanoTime();
    var unused =
        coordinator
            .triggerCheckpoint(false)
            .whenCompleteAsync((done, failure) -> ended(failure == null), executor);
  }

  private void ended(boolean completed) {
    pauseMillis =
        completed ? SHORTEST_PAUSE.toMillis() : Math.min(2 * pauseMillis, LONGEST_PAUSE.toMillis());
    later(completed ? 0 : pauseMillis, TimeUnit.MILLISECONDS);
  }

  private void later(long delay, TimeUnit unit) {
    var unused =
        executor.schedule(
            () -> {
              busy = false;
              advance();
            },
            delay,
            unit);
  }
}
