package io.weir.benchmarks.store;

import io.weir.benchmarks.store.sides.StoreClient;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A steady stream of puts, one every {@value #TICK_MILLIS} ms whatever became of those before, each
 * to a job that no other one is under way to. So what is measured is when the store takes writes
 * again, not how long a client waits before it tries again.
 */
final class Failover implements AutoCloseable {

  private static final int TICK_MILLIS = 10;
  private static final int STEADY_PUTS = 50;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<StoreClient> clients;
  private final Jobs jobs;
  private final Queue<Integer> free = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> unknown = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private int turn;

  private long puts;
  private long lastNanos = System.nanoTime();
  private long longestNanos;

  /** Starts the stream. */
  Failover(List<StoreClient> clients, Jobs jobs) {
    this.clients = clients;
    this.jobs = jobs;
    for (int job = 0; job < jobs.count(); job++) {
      free.add(job);
    }
    ScheduledFuture<?> unused =
        clock.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    Integer job = free.poll();
    if (job == null) {
      return;
    }
    CompletableFuture<?> unused =
        jobs.put(clients.get(turn++ % clients.size()), job)
            .whenComplete(
                (nothing, error) -> {
                  if (error == null) {
                    acknowledged();
                    free.add(job);
                  } else {
                    unknown.add(job);
                  }
                });
  }

  private synchronized void acknowledged() {
    long now = System.nanoTime();
    puts++;
    longestNanos = Math.max(longestNanos, now - lastNanos);
    lastNanos = now;
    notifyAll();
  }

  /** Waits until puts are acknowledged one after the other. */
  void awaitSteady() throws IOException, InterruptedException {
    awaitPuts(STEADY_PUTS);
  }

  /** From now on the longest time between two acknowledgements counts. */
  synchronized void begin() {
    longestNanos = 0;
  }

  /**
   * Waits until the stream has gone on for a second.
   *
   * @return the longest time between two acknowledgements since {@link #begin}, in milliseconds
   */
  double awaitEnd() throws IOException, InterruptedException {
    awaitPuts(1);
    long settled = System.nanoTime() + SETTLED_NANOS;
    while (System.nanoTime() < settled) {
      awaitPuts(1);
    }
    synchronized (this) {
      return longestNanos / 1e6;
    }
  }

  private synchronized void awaitPuts(int more) throws IOException, InterruptedException {
    long wanted = puts + more;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (puts < wanted) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new IOException("no put was acknowledged within 30 s");
      }
      wait(left);
    }
  }

  /** Stops the stream; what is under way goes on. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
