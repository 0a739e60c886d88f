package io.weir.jobs.analytics;

import io.weir.jobs.analytics.Portions.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the results all the time, as readers do. A row that was seen must never change, and no
 * row may be seen before the checkpoint that it belongs to.
 */
final class Watch implements AutoCloseable {

  /** A result, as it can be read from outside. */
  record Result(Window window, String row) {}

  private static final long PATIENCE_SECONDS = 120;

  private final Callable<List<Result>> look;
  private final Map<Window, String> seen = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private long allowedMillis = Long.MIN_VALUE;
  private long looks;

  /**
   * Begins to look.
   *
   * @param look rows that can be read now; it is called by one thread at a time
   */
  Watch(Callable<List<Result>> look) {
    this.look = look;
    var unused = thread.scheduleWithFixedDelay(this::lookOnce, 0, 5, TimeUnit.MILLISECONDS);
  }

  private void lookOnce() {
    try {
      take(look.call());
    } catch (Exception e) {
      fail("the reader failed: " + e);
    }
  }

  private synchronized void fail(String violation) {
    violations.add(violation);
    notifyAll();
  }

  // What was read could be read before now, so what is allowed now may be too much, never too
  // little.
  private synchronized void take(List<Result> results) {
    for (Result result : results) {
      String before = seen.put(result.window(), result.row());
      if (before != null && !before.equals(result.row())) {
        violations.add(result.window() + " changed from " + before + " to " + result.row());
      }
      if (result.window().endMillis() - 1 > allowedMillis) {
        violations.add(result.window() + " seen before its checkpoint");
      }
    }
    looks++;
    notifyAll();
  }

  /** Lets windows be seen that a watermark closes: just before a checkpoint that shall complete. */
  synchronized void allow(long watermark) {
    allowedMillis = watermark;
  }

  /** Returns after a look that began after this call: the second one that ends from here on. */
  synchronized void awaitLooks() {
    long wanted = looks + 2;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (looks < wanted) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IllegalStateException("the reader does not look");
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All that was seen, each row as it was seen last. */
  synchronized Map<Window, String> seen() {
    return Map.copyOf(seen);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the reader does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
