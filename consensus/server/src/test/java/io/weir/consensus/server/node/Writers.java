package io.weir.consensus.server.node;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.history.file.HistoryRecorder;
import io.weir.consensus.server.history.file.RecordedClient;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * Clients that read and compare-and-set at a steady, capped rate, note what they were told, and
 * remember what was acknowledged.
 */
final class Writers implements AutoCloseable {

  private static final long PAUSE_MILLIS = 40;

  private final List<String> jobs;
  private final HistoryRecorder recorder;
  private final ScheduledExecutorService threads;
  private final Map<String, String> hashes = new ConcurrentHashMap<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong slowestNanos = new AtomicLong();
  private final Map<String, Throwable> surprises = new ConcurrentHashMap<>();

  Writers(int clients, List<String> jobs, HistoryRecorder recorder, Supplier<HttpStore> stores) {
    this.jobs = jobs;
    this.recorder = recorder;
    this.threads = Executors.newScheduledThreadPool(clients);
    for (int i = 0; i < clients; i++) {
      start("client-" + i, new Random(i), stores.get());
    }
  }

  private void start(String name, Random random, HttpStore store) {
    RecordedClient client = new RecordedClient(name, store, recorder);
    ScheduledFuture<?> unused =
        threads.scheduleWithFixedDelay(
            () -> step(name, random, client), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void step(String name, Random random, RecordedClient client) {
    String job = jobs.get(random.nextInt(jobs.size()));
    try {
      long known = timed(() -> newest(client, job));
      String document = "writer: " + name + "\nnumber: " + random.nextLong() + "\n";
      Revision made =
          timed(
              () ->
                  client
                      .propose(Proposal.of(job, known, new Change.Set(document), name, "a test"))
                      .join());
      hashes.put(job + "/" + made.version(), made.hash());
      acknowledged.incrementAndGet();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof StoreException)) {
        surprises.put(name, e);
      }
    } catch (RuntimeException e) {
      surprises.put(name, e);
    }
  }

  private static long newest(RecordedClient client, String job) {
    try {
      return client.read(job).join().version();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException.UnknownJob) {
        return 0;
      }
      throw e;
    }
  }

  private <T> T timed(Supplier<T> call) {
    long start = System.nanoTime();
    try {
      return call.get();
    } finally {
      slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
    }
  }

  /** The hash of every acknowledged version, by {@code job/version}. */
  Map<String, String> acknowledgedHashes() {
    return Map.copyOf(hashes);
  }

  long acknowledged() {
    return acknowledged.get();
  }

  long slowestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(slowestNanos.get());
  }

  /** What was neither an answer nor a refusal, by client. */
  Map<String, Throwable> surprises() {
    return Map.copyOf(surprises);
  }

  /** Waits for the calls under way. */
  @Override
  public void close() {
    threads.shutdown();
    Awaitility.await("clients whose calls end")
        .atMost(2, TimeUnit.MINUTES)
        .until(threads::isTerminated);
  }
}
