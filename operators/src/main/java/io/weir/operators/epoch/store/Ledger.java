package io.weir.operators.epoch.store;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.Limits;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.operators.epoch.message.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries into the store's ledger in their order, again while the store is away. Bounded:
 * the store keeps only so many of a job itself, so the oldest are let go.
 */
public final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final int MAX_WAITING = 1_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String job;
  private final ConfigurationStore store;
  private final ScheduledExecutorService executor;
  private final Deque<LedgerEntry> waiting = new ArrayDeque<>();
  private boolean writing;

  Ledger(String job, ConfigurationStore store, ScheduledExecutorService executor) {
    this.job = job;
    this.store = store;
    this.executor = executor;
  }

  /** Notes that a version came into force. From any thread. */
  public void inForce(String flinkJob, long checkpoint, Document document, int subtasks) {
    note(flinkJob, checkpoint, document, subtasks, Outcome.IN_FORCE, "");
  }

  /** Notes that a version was refused. From any thread. */
  public void refused(String flinkJob, long checkpoint, Document document, String reason) {
    note(flinkJob, checkpoint, document, 0, Outcome.REFUSED, shortened(reason));
  }

  /** Notes that the store's history does not contain what the job holds. From any thread. */
  public void notFollowed(String flinkJob, VersionId held, String reason) {
    add(
        new LedgerEntry(
            job,
            flinkJob,
            0,
            held.version(),
            held.hash(),
            Instant.now(),
            0,
            Outcome.NOT_FOLLOWED,
            shortened(reason)));
  }

  private static String shortened(String reason) {
    return reason.substring(0, Math.min(reason.length(), Limits.NOTE_CHARACTERS));
  }

  private void note(
      String flinkJob,
      long checkpoint,
      Document document,
      int subtasks,
      Outcome outcome,
      String note) {
    // Version 0 is the settings' own; the store never agreed on it.
    if (document.version() > 0) {
      add(
          new LedgerEntry(
              job,
              flinkJob,
              checkpoint,
              document.version(),
              document.hash(),
              Instant.now(),
              subtasks,
              outcome,
              note));
    }
  }

  private void add(LedgerEntry entry) {
    executor.execute(
        () -> {
          if (waiting.size() == MAX_WAITING) {
            LOG.warn("the ledger is not written for long: {} is let go", waiting.remove());
          }
          waiting.add(entry);
          write();
        });
  }

  private void write() {
    LedgerEntry entry = waiting.peek();
    if (writing || entry == null) {
      return;
    }
    writing = true;
    var unused =
        store.record(entry).whenCompleteAsync((done, failure) -> written(entry, failure), executor);
  }

  private void written(LedgerEntry entry, Throwable failure) {
    if (failure != null && mayPass(failure)) {
      // What is noted during the pause waits for its end.
      var unused = executor.schedule(this::writeAgain, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    if (failure != null) {
      LOG.warn("the ledger does not take {}: {}", entry, failure.getMessage());
    }
    waiting.remove(entry);
    writeAgain();
  }

  private void writeAgain() {
    writing = false;
    write();
  }

  private static boolean mayPass(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof StoreException.Unavailable
        || cause instanceof StoreException.OutcomeUnknown;
  }
}
