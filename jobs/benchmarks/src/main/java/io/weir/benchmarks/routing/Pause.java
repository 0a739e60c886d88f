package io.weir.benchmarks.routing;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for service times. Keeps to a rate over time: what a wait took too long, the next ones take
 * less, but of the time in which nothing came only a little is made up for.
 */
final class Pause implements Serializable {

  private static final long serialVersionUID = 1;
  private static final long MADE_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private long free;

  void await(double perSecond) {
    long now = System.nanoTime();
    // Nanoseconds may be negative: what counts is their difference.
    if (free == 0 || free - now < -MADE_UP_NANOS) {
      free = now - MADE_UP_NANOS;
    }
    free += (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    for (long wait = free - now; wait > 0; wait = free - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }
}
