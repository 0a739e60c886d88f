package io.weir.jobs.demo;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks the demo to end early; requested by any thread. */
final class Stop {

  private final CountDownLatch requested = new CountDownLatch(1);

  void request() {
    requested.countDown();
  }

  /**
   * Goes on unless asked not to.
   *
   * @throws CancellationException if asked to end
   */
  void check() {
    if (requested.getCount() == 0) {
      throw new CancellationException("the demo was interrupted");
    }
  }

  /**
   * Waits, but not when asked to end.
   *
   * @throws CancellationException if asked to end
   */
  void pause(Duration time) throws InterruptedException {
    if (requested.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      check();
    }
  }
}
