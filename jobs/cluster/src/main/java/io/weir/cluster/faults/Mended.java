package io.weir.cluster.faults;

import io.weir.cluster.faults.Fault.Mending;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A fault that will be mended in a while, by a thread of its own. */
final class Mended {

  private final FutureTask<Boolean> task;

  private Mended(Callable<Boolean> work) {
    task = new FutureTask<>(work);
  }

  static Mended after(Duration held, Mending mending) {
    Mended mended =
        new Mended(
            () -> {
              TimeUnit.MILLISECONDS.sleep(held.toMillis());
              mending.mend();
              return true;
            });
    new Thread(mended.task, "weir-mending").start();
    return mended;
  }

  boolean isDone() {
    return task.isDone();
  }

  /**
   * Waits for it.
   *
   * @throws IOException if it could not be mended
   */
  void join() throws IOException, InterruptedException {
    try {
      var unused = task.get();
    } catch (ExecutionException e) {
      throw new IOException("a fault could not be mended: " + e.getCause(), e.getCause());
    }
  }
}
