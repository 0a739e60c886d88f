package io.weir.consensus.server.paxos.node;

import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.paxos.Surroundings;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What a node's proposers do, one thing at a time: each on the thread that brings it, for to wake
 * another one takes longer than most of them. While a thread is at it, it does what others bring,
 * too, but not for ever; then the loop's own thread goes on, which also brings what is due later.
 *
 * <p>What is thrown halts the node, and not whoever brought it.
 */
final class Loop implements AutoCloseable {

  private static final long CLOSE_MILLIS = 10_000;

  /** On a thread that has other things to do. */
  private static final int MAX_IN_A_ROW = 64;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Of the thread that does them. */
  private final Semaphore turn = new Semaphore(1);

  private final CountDownLatch end = new CountDownLatch(1);
  private final ScheduledThreadPoolExecutor thread;
  private final Halt halt;
  private volatile Runnable atRest = () -> {};
  private volatile boolean closed;

  /** Known to whoever has the turn. */
  private boolean ended;

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

  /** Does something behind each row of tasks. */
  void whenAtRest(Runnable work) {
    atRest = work;
  }

  /**
   * Does something, now, or when what is under way is done; nothing once it is closed. Not to be
   * called with a lock held.
   */
  void execute(Runnable task) {
    if (!closed) {
      add(task);
    }
  }

  /** Leaves something to be done, at the latest by {@link #work}, which is to follow. */
  void leave(Runnable task) {
    if (!closed) {
      tasks.add(task);
    }
  }

  private void add(Runnable task) {
    tasks.add(task);
    work();
  }

  /** Does what was left, unless another thread is at it, which goes on with it then. */
  void work() {
    int left = MAX_IN_A_ROW;
    while (left > 0 && hasTasks() && turn.tryAcquire()) {
      try {
        left -= performRow(left);
      } finally {
        turn.release();
      }
    }
    if (left == 0 && hasTasks()) {
      goOnElsewhere();
    }
  }

  /** Whether something waits for what is under way. */
  boolean hasTasks() {
    return !tasks.isEmpty();
  }

  private int performRow(int max) {
    int done = 0;
    for (Runnable task = tasks.poll(); task != null; task = done < max ? tasks.poll() : null) {
      perform(task);
      done++;
    }
    perform(atRest);
    return done;
  }

  private void goOnElsewhere() {
    try {
      thread.execute(this::work);
    } catch (RejectedExecutionException e) {
      // It is closed; whoever waits for something was told.
    }
  }

  private void perform(Runnable task) {
    if (!ended) {
      halt.contain(task);
    }
  }

  Surroundings.Timer after(long millis, Runnable task) {
    Later later = new Later(task);
    try {
      Future<?> due = thread.schedule(() -> execute(later::perform), millis, TimeUnit.MILLISECONDS);
      return () -> {
        later.cancelled = true;
        due.cancel(false);
      };
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  /** A task that may be cancelled while it is due already, and waits for the one before it. */
  private static final class Later {
    private final Runnable task;
    private volatile boolean cancelled;

    Later(Runnable task) {
      this.task = task;
    }

    void perform() {
      if (!cancelled) {
        task.run();
      }
    }
  }

  void every(long millis, Runnable task) {
    Future<?> unused =
        thread.scheduleWithFixedDelay(() -> execute(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Finishes what was to be done at once, and nothing that was to be done later. */
  @Override
  public void close() {
    closed = true;
    add(
        () -> {
          ended = true;
          end.countDown();
        });
    try {
      boolean unused = end.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdown();
  }
}
