package io.weir.operators.epoch;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which document a job follows, and how.
 *
 * @param job names the document in the store
 * @param store holds the document; null: the job stays on its initial document for ever
 * @param initialDocument seeds a document that never existed, and is used as version 0 while the
 *     store cannot be reached at the job's first start; null: the job waits for somebody's version
 * @param startLimit how long a job without any configuration waits before it fails. Too short, and
 *     a job that starts together with its store gives up; too long, and a wrong address is noticed
 *     late
 * @param applyNow whether a new version triggers a checkpoint; otherwise it waits for the next one
 * @param minDistance at least so long lies between two checkpoints that new versions trigger. Too
 *     short, and a burst of changes is a burst of checkpoints
 * @param failJobWhenMixed whether subtasks of two versions, after an aborted checkpoint, make the
 *     job go back to its last one. Without it records of two versions mix; for controls in tests
 */
public record EpochSettings(
    String job,
    @Nullable StoreProvider store,
    @Nullable String initialDocument,
    Duration startLimit,
    boolean applyNow,
    Duration minDistance,
    boolean failJobWhenMixed)
    implements Serializable {

  public static final Duration DEFAULT_START_LIMIT = Duration.ofSeconds(60);

  public EpochSettings {
    if (store == null && initialDocument == null) {
      throw new IllegalArgumentException("job " + job + " has neither a store nor a document");
    }
    if (startLimit.isNegative() || minDistance.isNegative()) {
      throw new IllegalArgumentException(
          "start limit %s and distance %s must not be negative".formatted(startLimit, minDistance));
    }
  }

  /** The start limit; where nanoseconds do not tell it, the most that they tell, 292 years. */
  public long startLimitNanos() {
    return TimeUnit.NANOSECONDS.convert(startLimit);
  }

  /** The distance, likewise. */
  public long minDistanceNanos() {
    return TimeUnit.NANOSECONDS.convert(minDistance);
  }

  /** A job that follows its document in a store, at once. */
  public static EpochSettings following(String job, StoreProvider store) {
    return new EpochSettings(job, store, null, DEFAULT_START_LIMIT, true, Duration.ZERO, true);
  }

  /** A job whose configuration never changes. */
  public static EpochSettings fixed(String job, String document) {
    return new EpochSettings(job, null, document, DEFAULT_START_LIMIT, false, Duration.ZERO, true);
  }

  public EpochSettings withInitialDocument(@Nullable String document) {
    return new EpochSettings(
        job, store, document, startLimit, applyNow, minDistance, failJobWhenMixed);
  }

  public EpochSettings withStartLimit(Duration limit) {
    return new EpochSettings(
        job, store, initialDocument, limit, applyNow, minDistance, failJobWhenMixed);
  }

  public EpochSettings withApplyNow(boolean now) {
    return new EpochSettings(
        job, store, initialDocument, startLimit, now, minDistance, failJobWhenMixed);
  }

  public EpochSettings withMinDistance(Duration distance) {
    return new EpochSettings(
        job, store, initialDocument, startLimit, applyNow, distance, failJobWhenMixed);
  }

  public EpochSettings withFailJobWhenMixed(boolean fail) {
    return new EpochSettings(job, store, initialDocument, startLimit, applyNow, minDistance, fail);
  }
}
