package io.weir.consensus.http;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling, with jitter, so that clients that failed
 * together do not come back together.
 */
final class Backoff {

  private static final long FIRST_MILLIS = 25;

  private final Supplier<? extends RandomGenerator> random;
  private final long mostMillis;

  Backoff(Supplier<? extends RandomGenerator> random, long mostMillis) {
    this.random = random;
    this.mostMillis = mostMillis;
  }

  /**
   * @param failures in a row, at least 1
   */
  long millisAfter(int failures) {
    long middle = FIRST_MILLIS << Math.min(failures - 1, 10);
    long least = Math.min(middle, mostMillis / 2);
    return least + random.get().nextLong(least + 1);
  }
}
