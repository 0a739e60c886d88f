package io.weir.benchmarks.store;

import io.weir.benchmarks.store.sides.StoreClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * So many operations in flight for some time, over all jobs and all clients in turn; whenever one
 * is answered, the next begins.
 */
final class Load {

  /** One operation on one job. */
  interface Operation {
    CompletableFuture<?> on(StoreClient client, int job);
  }

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 20;

  private final List<StoreClient> clients;
  private final Jobs jobs;
  private final Operation operation;
  private final int inFlight;
  private final long endNanos;
  private final AtomicInteger running;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private Load(
      List<StoreClient> clients, Jobs jobs, Operation operation, int inFlight, Duration time) {
    this.clients = clients;
    this.jobs = jobs;
    this.operation = operation;
    this.inFlight = inFlight;
    this.running = new AtomicInteger(inFlight);
    this.endNanos = System.nanoTime() + time.toNanos();
  }

  /**
   * Loads a side, and returns when the last operation is answered.
   *
   * @throws IOException when a read was wrong, or nothing was answered any more
   */
  static Sample run(
      List<StoreClient> clients, Jobs jobs, Operation operation, int inFlight, Duration time)
      throws IOException, InterruptedException {
    Load load = new Load(clients, jobs, operation, inFlight, time);
    List<Lane> lanes = IntStream.range(0, inFlight).mapToObj(load::lane).toList();
    lanes.forEach(Lane::next);
    load.await(time.plus(PATIENCE));
    return Sample.of(
        lanes.stream().flatMapToLong(lane -> Arrays.stream(lane.nanos, 0, lane.count)).toArray(),
        time.toNanos() / 1e9);
  }

  private Lane lane(int number) {
    return new Lane(number);
  }

  private void await(Duration limit) throws IOException, InterruptedException {
    try {
      ended.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the load was stopped: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(
          "operations are without an answer after " + limit.toSeconds() + " s", e);
    }
  }

  /** One operation after the other, on jobs of its own. */
  private final class Lane {

    private final int number;
    private long[] nanos = new long[1024];
    private int count;
    private int turn;

    Lane(int number) {
      this.number = number;
    }

    void next() {
      if (System.nanoTime() >= endNanos) {
        if (running.decrementAndGet() == 0) {
          ended.complete(null);
        }
        return;
      }
      int own = Math.max(1, jobs.count() / inFlight);
      int job = number + turn % own * inFlight;
      StoreClient client = clients.get((number + turn) % clients.size());
      turn++;
      long began = System.nanoTime();
      CompletableFuture<?> unused =
          operation
              .on(client, job)
              .whenComplete((nothing, error) -> answered(client, job, began, error));
    }

    private void answered(StoreClient client, int job, long began, @Nullable Throwable error) {
      long now = System.nanoTime();
      if (error == null) {
        if (now < endNanos) {
          note(now - began);
        }
        next();
      } else if (error.getCause() instanceof Jobs.WrongRead wrong) {
        ended.completeExceptionally(wrong);
      } else {
        learn(client, job);
      }
    }

    private void note(long latency) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = latency;
    }

    /** A put without an answer may have been done. */
    private void learn(StoreClient client, int job) {
      CompletableFuture<?> unused =
          CompletableFuture.runAsync(
                  () -> {}, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
              .thenCompose(nothing -> jobs.learn(client, job))
              .whenComplete((nothing, error) -> learned(client, job, error));
    }

    private void learned(StoreClient client, int job, @Nullable Throwable error) {
      if (error == null) {
        next();
      } else {
        learn(client, job);
      }
    }
  }
}
