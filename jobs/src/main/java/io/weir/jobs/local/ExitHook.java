package io.weir.jobs.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives work an orderly end when the process is told to end (Ctrl-C, TERM): asks it to stop, and
 * holds the process until it has, but not longer than a bound.
 */
public final class ExitHook implements AutoCloseable {

  private final Duration patience;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "weir-exit");
  private boolean exiting;
  private @Nullable Runnable stop;

  private ExitHook(Duration patience) {
    this.patience = patience;
  }

  /**
   * Holds the process from now on.
   *
   * @param patience how long at most, once it is told to end
   */
  public static ExitHook install(Duration patience) {
    ExitHook hook = new ExitHook(patience);
    Runtime.getRuntime().addShutdownHook(hook.hook);
    return hook;
  }

  /** How the work is stopped; done at once if the process is ending already. */
  public synchronized void stopBy(Runnable stop) {
    this.stop = stop;
    if (exiting) {
      stop.run();
    }
  }

  /** Whether the process is ending. */
  public synchronized boolean exiting() {
    return exiting;
  }

  private void stopAndWait() {
    synchronized (this) {
      exiting = true;
      if (stop != null) {
        stop.run();
      }
    }
    try {
      finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work has ended. */
  @Override
  public void close() {
    finished.countDown();
    if (!exiting()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
