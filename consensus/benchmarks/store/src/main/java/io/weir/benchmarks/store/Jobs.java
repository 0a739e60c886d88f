package io.weir.benchmarks.store;

import io.weir.benchmarks.store.sides.StoreClient;
import io.weir.benchmarks.store.sides.StoreClient.Document;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Jobs whose documents somebody changes by compare-and-set, and what is known of their versions. A
 * job is used by one operation at a time.
 */
final class Jobs {

  /** A read did not bring what was put last. */
  static final class WrongRead extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    WrongRead(String message) {
      super(message);
    }
  }

  private static final Duration CHECK_LIMIT = Duration.ofSeconds(60);
  private static final long READ_SECONDS = 2;
  private static final long RETRY_MILLIS = 50;

  private final String[] names;
  private final long[] versions;
  private final Documents documents;
  private final AtomicLong attempted = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile String lastFailure = "";

  Jobs(String prefix, int count, Documents documents) {
    this.names = IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    this.versions = new long[count];
    this.documents = documents;
  }

  int count() {
    return names.length;
  }

  /** Changes a job from the version that is known of it. */
  CompletableFuture<?> put(StoreClient client, int job) {
    long expected = versions[job];
    attempted.incrementAndGet();
    return client
        .put(names[job], expected, documents.get(job + expected))
        .thenAccept(
            version -> {
              versions[job] = version;
              acknowledged.incrementAndGet();
            })
        .whenComplete((nothing, failure) -> note(failure));
  }

  private void note(@Nullable Throwable failure) {
    if (failure != null) {
      lastFailure = String.valueOf(failure.getCause() == null ? failure : failure.getCause());
    }
  }

  /** Reads a job, and fails unless it reads what was put last. */
  CompletableFuture<?> get(StoreClient client, int job) {
    return client.get(names[job]).thenAccept(document -> require(job, document));
  }

  private void require(int job, Document found) {
    if (found.version() != versions[job] || found.text().length() != Documents.BYTES) {
      throw new WrongRead(
          "%s was read as version %d with %d characters, although %d was acknowledged"
              .formatted(names[job], found.version(), found.text().length(), versions[job]));
    }
  }

  /** Learns a job's version again, after it failed to be put. */
  CompletableFuture<?> learn(StoreClient client, int job) {
    return client.get(names[job]).thenAccept(document -> versions[job] = document.version());
  }

  /**
   * Learns the versions of all jobs.
   *
   * @throws IOException when one is not read within the time
   */
  void learnAll(StoreClient client, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (int job = 0; job < count(); job++) {
      Exception failure = tryToLearn(client, job);
      while (failure != null) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              names[job] + " is not read within " + limit.toSeconds() + " s: " + failure, failure);
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        failure = tryToLearn(client, job);
      }
    }
  }

  private @Nullable Exception tryToLearn(StoreClient client, int job) throws InterruptedException {
    try {
      learn(client, job).get(READ_SECONDS, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException | TimeoutException e) {
      return e;
    }
  }

  /** Puts that were not acknowledged so far: some of them may have been done. */
  long unacknowledged() {
    return attempted.get() - acknowledged.get();
  }

  /** Why the last of them was not; empty when there was none. */
  String lastFailure() {
    return lastFailure;
  }

  /**
   * Compares all that was acknowledged with what is stored.
   *
   * @throws IOException when a change was lost, or done twice
   */
  void check(StoreClient client, String side) throws IOException, InterruptedException {
    learnAll(client, CHECK_LIMIT);
    long stored = LongStream.of(versions).sum();
    if (stored < acknowledged.get() || stored > attempted.get()) {
      throw new IOException(
          "%s has %d changes of %s..., although %d were acknowledged and %d attempted"
              .formatted(side, stored, names[0], acknowledged.get(), attempted.get()));
    }
  }
}
