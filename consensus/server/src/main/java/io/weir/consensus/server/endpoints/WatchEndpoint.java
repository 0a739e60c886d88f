package io.weir.consensus.server.endpoints;

import static io.weir.consensus.server.access.Role.READ;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Limits;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import io.weir.consensus.http.wire.Pages;
import io.weir.consensus.http.wire.RevisionJson;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the next versions of a job: a long poll, answered as soon as this node has one. When
 * the wait is over it asks the quorum, so that a node that is cut off cannot hold a watch back; no
 * thread waits meanwhile.
 */
final class WatchEndpoint implements AutoCloseable {

  private static final long DEFAULT_WAIT_MILLIS = 1_000;
  static final long MAX_WAIT_MILLIS = 30_000;

  private final ConfigurationStore store;
  private final NodeMetrics metrics;
  private final Executor executor;
  private final int maxWatchers;
  private final Set<Poll> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  WatchEndpoint(ConfigurationStore store, NodeMetrics metrics, Executor executor, int maxWatchers) {
    this.store = store;
    this.metrics = metrics;
    this.executor = executor;
    this.maxWatchers = maxWatchers;
  }

  Route route() {
    return Route.get("/v1/jobs/{job}/watch", READ, this::watch);
  }

  private CompletableFuture<HttpAnswer> watch(Inquiry inquiry) {
    inquiry.allow("from", "wait_ms");
    String job = Limits.checkJob(inquiry.job());
    long from = Limits.checkVersion("from", inquiry.number("from", 1), 1);
    long wait = Limits.checkVersion("wait_ms", inquiry.number("wait_ms", DEFAULT_WAIT_MILLIS), 0);
    if (waiting.size() >= maxWatchers) {
      throw new StoreException.Unavailable(
          "this node has " + maxWatchers + " watches already; it takes no more");
    }
    return poll(job, from, Math.min(wait, MAX_WAIT_MILLIS))
        .thenCompose(found -> found.isEmpty() ? ask(job, from) : done(found))
        .thenApply(RevisionJson::writeAll)
        .thenApply(HttpAnswer::json);
  }

  private CompletableFuture<List<Revision>> poll(String job, long from, long waitMillis) {
    Poll poll = new Poll(executor);
    waiting.add(poll);
    metrics.watching(1);
    Watch watch = store.watch(job, from, poll);
    if (closed) {
      poll.stop();
    }
    return poll.found()
        .completeOnTimeout(List.of(), waitMillis, TimeUnit.MILLISECONDS)
        .whenComplete(
            (found, failure) -> {
              watch.close();
              waiting.remove(poll);
              metrics.watching(-1);
            });
  }

  private CompletableFuture<List<Revision>> ask(String job, long from) {
    return store
        .history(job, from, Pages.REVISIONS)
        .thenApply(found -> deliverable(job, from, found))
        .exceptionallyCompose(
            failure ->
                failure.getCause() instanceof StoreException.UnknownJob
                    ? done(List.of())
                    : CompletableFuture.failedFuture(failure));
  }

  private static List<Revision> deliverable(String job, long from, List<Revision> found) {
    List<Revision> usable = found.stream().takeWhile(WatchEndpoint::isUsable).toList();
    if (!found.isEmpty() && (usable.isEmpty() || usable.get(0).version() != from)) {
      throw new CompletionException(new StoreException.Compacted(job, from, oldest(from, found)));
    }
    return usable;
  }

  private static long oldest(long from, List<Revision> found) {
    return found.stream()
        .filter(WatchEndpoint::isUsable)
        .findFirst()
        .map(Revision::version)
        .orElse(from + found.size());
  }

  private static boolean isUsable(Revision revision) {
    return revision.isTombstone() || revision.content().isPresent();
  }

  private static CompletableFuture<List<Revision>> done(List<Revision> found) {
    return CompletableFuture.completedFuture(found);
  }

  /** Lets everybody who waits go to another node. */
  @Override
  public void close() {
    closed = true;
    waiting.forEach(Poll::stop);
  }
}
