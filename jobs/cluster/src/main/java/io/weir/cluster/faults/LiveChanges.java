package io.weir.cluster.faults;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.jobs.analytics.AnalyticsRules;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Changes the analytics job's configuration every few seconds: which events count, and how long the
 * lists are. While the store is away there are no changes; what became of a change that got no
 * answer, the history tells.
 */
final class LiveChanges implements AutoCloseable {

  private static final String JOB = "analytics";
  private static final String AUTHOR = "check";
  private static final Duration PAUSE = Duration.ofMillis(2500);
  private static final int[] LIMITS = {600, 500, 400, 300};

  private final ConfigurationStore store;
  private final TreeMap<Long, Revision> revisions = new TreeMap<>();
  private final Thread thread = new Thread(this::run, "weir-changes");
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  /**
   * Makes the first version.
   *
   * @param store is closed with this
   * @throws CompletionException if the store does not take it
   */
  LiveChanges(ConfigurationStore store) throws IOException {
    this.store = store;
    store.registerSchema(JOB, AnalyticsRules.schema()).join();
    propose();
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        change();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void change() throws InterruptedException {
    try {
      learn();
      propose();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof StoreException)) {
        throw e;
      }
      // Away, or the outcome is not known: the next one begins with what the history says.
    }
  }

  private void propose() {
    long expected = newest();
    String document =
        "where: status < %d%ntop: {top: %d}%n"
            .formatted(LIMITS[(int) (expected % LIMITS.length)], 1 + expected % 3);
    Change change = new Change.Set(document);
    add(store.propose(Proposal.of(JOB, expected, change, AUTHOR, "change under load")).join());
  }

  private synchronized void add(Revision revision) {
    // Kept from here on: the store forgets the content of old versions.
    revisions.merge(
        revision.version(), revision, (old, fresh) -> old.document() == null ? fresh : old);
  }

  private synchronized long newest() {
    return revisions.isEmpty() ? 0 : revisions.lastKey();
  }

  private void learn() {
    CompletableFuture<List<Revision>> history =
        store.history(JOB, Math.max(1, newest()), Limits.VERSIONS);
    history.join().forEach(this::add);
  }

  /**
   * When the first version that was agreed on behind a moment came into force, if it has.
   *
   * @throws IOException if the store does not answer
   * @throws IllegalStateException if there are no more changes
   */
  Optional<Instant> inForceSince(Instant moment) throws IOException {
    if (failure != null) {
      throw new IllegalStateException("the configuration changes no more", failure);
    }
    try {
      learn();
      return store.ledger(JOB).join().stream()
          .filter(entry -> entry.outcome() == LedgerEntry.Outcome.IN_FORCE)
          .filter(entry -> isBehind(entry.version(), moment))
          .map(LedgerEntry::time)
          .min(Instant::compareTo);
    } catch (CompletionException e) {
      throw new IOException("the store does not answer", e);
    }
  }

  private synchronized boolean isBehind(long version, Instant moment) {
    Revision revision = revisions.get(version);
    return revision != null && revision.time().isAfter(moment);
  }

  /** Every version that there was, by its number. */
  Map<Long, AnalyticsRules> versions() throws IOException {
    learn();
    Map<Long, AnalyticsRules> versions = new TreeMap<>();
    synchronized (this) {
      for (Revision revision : revisions.values()) {
        versions.put(revision.version(), rules(revision));
      }
    }
    return versions;
  }

  private static AnalyticsRules rules(Revision revision) throws IOException {
    try {
      return AnalyticsRules.read(revision.content().orElse("{}"));
    } catch (InvalidConfigurationException e) {
      throw new IOException("version " + revision.version() + " is not valid", e);
    }
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
