package io.weir.operators.epoch.store;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An executor whose time stands still: what is to be done later stays pending. */
final class PendingTasks extends ScheduledThreadPoolExecutor {

  // A task makes the next one, as an answer of the store its evaluation; none makes more than that.
  private static final int LONGEST_SERIES = 8;

  PendingTasks() {
    super(1);
    setRemoveOnCancelPolicy(true);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return super.schedule(task, delay == 0 ? 0 : 1, TimeUnit.DAYS);
  }

  /** Returns when everything that is due is done. */
  void settle() throws ExecutionException, InterruptedException {
    for (int i = 0; i < LONGEST_SERIES; i++) {
      submit(() -> {}).get();
    }
  }

  int pending() {
    return getQueue().size();
  }
}
