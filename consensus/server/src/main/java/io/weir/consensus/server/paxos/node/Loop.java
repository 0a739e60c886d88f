package io.weir.consensus.server.paxos.node;

import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.paxos.Surroundings;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread of a node's proposers; what is thrown on it halts the node. */
final class Loop implements AutoCloseable {

  private static final long CLOSE_MILLIS = 10_000;

  private final ScheduledThreadPoolExecutor thread;
  private final Halt halt;

  Loop(String node, Halt halt) {
    this.halt = halt;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "paxos-" + node);
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  /** Does something on the thread; nothing once it is closed. */
  void execute(Runnable task) {
    try {
      thread.execute(halt.guard(task));
    } catch (RejectedExecutionException e) {
      // Whoever waits for it was told when the node was closed.
    }
  }

  Surroundings.Timer after(long millis, Runnable task) {
    try {
      Future<?> future = thread.schedule(halt.guard(task), millis, TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  void every(long millis, Runnable task) {
    Future<?> unused =
        thread.scheduleWithFixedDelay(halt.guard(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Finishes what was to be done at once, and nothing that was to be done later. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
