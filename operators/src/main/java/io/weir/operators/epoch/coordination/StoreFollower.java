package io.weir.operators.epoch.coordination;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.StoreProvider;
import io.weir.operators.epoch.message.Document;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns what the store agrees on for one job. A watch brings new versions at once; a linearizable
 * read about once a second makes sure, and says how fresh the knowledge is. Each version must
 * continue the history of the one before by its hash: a store that was set back, or was set back
 * and moved on, is not followed.
 *
 * <p>All state belongs to the executor's thread; the store may be away for as long as it likes.
 */
final class StoreFollower implements AutoCloseable {

  /** Takes what the store agreed on. Called in the executor's thread. */
  interface Listener {

    void agreed(Document document);

    /** A version that no job could use: a deleted document, or one of another history. */
    void unusable(Document document, String reason);
  }

  private static final Logger LOG = LoggerFactory.getLogger(StoreFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration FIRST_POLL = Duration.ofMillis(200);
  private static final String AUTHOR = "weir job";

  private final String job;
  private final @Nullable String initialDocument;
  private final String schema;
  private final ConfigurationStore store;
  private final ScheduledExecutorService executor;
  private final EpochMetrics metrics;
  private final Listener listener;
  private final Ledger ledger;

  // What the last version's history is known to be; null: any history will do.
  private @Nullable Known known;
  private @Nullable Watch watch;
  private boolean reading;
  private volatile String state = "the store has not answered yet";
  private volatile boolean answered;

  private record Known(long version, String hash) {
    static Known of(Revision revision) {
      return new Known(revision.version(), revision.hash());
    }
  }

  private StoreFollower(
      EpochSettings settings,
      String schema,
      ConfigurationStore store,
      @Nullable Document restored,
      ScheduledExecutorService executor,
      EpochMetrics metrics,
      Listener listener) {
    this.job = settings.job();
    this.initialDocument = settings.initialDocument();
    this.schema = schema;
    this.store = store;
    this.executor = executor;
    this.metrics = metrics;
    this.listener = listener;
    this.ledger = new Ledger(job, store, executor);
    if (restored != null && restored.version() > 0) {
      known = new Known(restored.version(), restored.hash());
    }
  }

  /**
   * Opens the store and begins to follow.
   *
   * @param schema that the store shall check documents by
   * @param restored what the job's checkpoint holds; null for a new job
   * @return null if the settings name no store
   * @throws IllegalStateException if the store's client cannot be made
   */
  static @Nullable StoreFollower start(
      EpochSettings settings,
      String schema,
      @Nullable Document restored,
      ScheduledExecutorService executor,
      EpochMetrics metrics,
      Listener listener) {
    StoreProvider provider = settings.store();
    if (provider == null) {
      return null;
    }
    StoreFollower follower =
        new StoreFollower(
            settings, schema, open(provider, settings), restored, executor, metrics, listener);
    executor.execute(follower::poll);
    return follower;
  }

  private static ConfigurationStore open(StoreProvider provider, EpochSettings settings) {
    try {
      return provider.open();
    } catch (Exception e) {
      throw new IllegalStateException(
          "cannot use the store of job " + settings.job() + ": " + e.getMessage(), e);
    }
  }

  /** What the store said last, in words. */
  String state() {
    return state;
  }

  /** Whether the store has said anything about the job. */
  boolean hasAnswered() {
    return answered;
  }

  private void poll() {
    if (!reading) {
      reading = true;
      var unused =
          store
              .read(job)
              .whenCompleteAsync(
                  (revision, failure) -> {
                    reading = false;
                    if (failure == null) {
                      onNewest(revision);
                    } else {
                      onFailure(cause(failure));
                    }
                    schedule();
                  },
                  executor);
    }
  }

  private void schedule() {
    Duration pause = known == null ? FIRST_POLL : POLL;
    var unused = executor.schedule(this::poll, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void onFailure(Throwable failure) {
    if (failure instanceof StoreException.UnknownJob) {
      confirmed();
      if (known != null) {
        diverged(new Document(0, "", ""), "the store knows no such job any more");
      } else if (initialDocument != null) {
        seed(initialDocument);
      } else {
        state = "the store has no document for it";
      }
      return;
    }
    state = "the store does not answer: " + failure.getMessage();
    if (failure instanceof StoreException.AccessDenied) {
      LOG.warn("job {}: {}", job, state);
    }
  }

  private void confirmed() {
    metrics.confirmed();
    if (!answered) {
      answered = true;
      registerSchema();
    }
  }

  // The job checks versions by itself too; the store refuses wrong ones before they are agreed.
  private void registerSchema() {
    var unused =
        store
            .registerSchema(job, schema)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.warn(
                        "the store does not take the schema of job {}: {}",
                        job,
                        cause(failure).getMessage());
                  }
                });
  }

  // Jobs that start together agree: only one proposal makes version 1, and all read it.
  private void seed(String document) {
    Proposal proposal =
        Proposal.of(job, 0, new Change.Set(document), AUTHOR, "initial-configuration of the job");
    var unused =
        store
            .propose(proposal)
            .whenCompleteAsync(
                (revision, failure) -> {
                  if (failure != null) {
                    state =
                        "its initial-configuration was not agreed: " + cause(failure).getMessage();
                  }
                },
                executor);
  }

  private void onNewest(Revision newest) {
    confirmed();
    Known last = known;
    if (last == null) {
      accept(newest);
    } else if (newest.version() < last.version()) {
      diverged(
          document(newest), "the store is at version " + newest.version() + ", behind the job");
    } else if (newest.version() == last.version()) {
      same(newest, last);
    } else {
      verify(newest, last);
    }
  }

  private void same(Revision newest, Known last) {
    if (newest.hash().equals(last.hash())) {
      state = "following version " + last.version();
      watchFrom(last.version() + 1);
    } else {
      diverged(document(newest), "version " + last.version() + " of the store is another one");
    }
  }

  private void verify(Revision newest, Known last) {
    var unused =
        store
            .history(job, last.version(), Limits.VERSIONS)
            .whenCompleteAsync(
                (history, failure) -> {
                  if (failure == null && last.equals(known)) {
                    continueWith(newest, last, history);
                  }
                },
                executor);
  }

  private void continueWith(Revision newest, Known last, List<Revision> history) {
    Revision first = history.isEmpty() ? null : history.get(0);
    boolean continues = first != null && Known.of(first).equals(last);
    for (int i = 1; continues && i < history.size(); i++) {
      continues = Chain.follows(history.get(i), history.get(i - 1));
    }
    boolean arrives = history.stream().anyMatch(revision -> revision.hash().equals(newest.hash()));
    if (continues && arrives) {
      accept(newest);
    } else {
      diverged(document(newest), "the store's history does not contain version " + last.version());
    }
  }

  private void accept(Revision revision) {
    known = Known.of(revision);
    state = "following version " + revision.version();
    if (revision.isTombstone()) {
      state = "its document was deleted as version " + revision.version();
      listener.unusable(document(revision), "the document was deleted by " + revision.author());
    } else if (revision.document() != null) {
      listener.agreed(document(revision));
    }
    watchFrom(revision.version() + 1);
  }

  private static Document document(Revision revision) {
    return new Document(revision.version(), revision.hash(), revision.content().orElse(""));
  }

  private void diverged(Document found, String reason) {
    if (watch != null) {
      watch.close();
      watch = null;
    }
    String said = "not followed: " + reason;
    if (!said.equals(state)) {
      state = said;
      listener.unusable(found, reason);
    }
  }

  private void watchFrom(long version) {
    if (watch == null) {
      watch = store.watch(job, version, new Hints());
    }
  }

  /** What a watch brings is taken if it is the next version, and else a reason to look. */
  private final class Hints implements WatchListener {

    @Override
    public void onRevision(Revision revision) {
      executor.execute(
          () -> {
            Known last = known;
            boolean next =
                last != null
                    && revision.version() == last.version() + 1
                    && revision.previousHash().equals(last.hash())
                    && revision.hash().equals(Chain.hash(revision));
            if (next) {
              confirmed();
              accept(revision);
            } else {
              poll();
            }
          });
    }

    @Override
    public void onEnd(StoreException reason) {
      executor.execute(
          () -> {
            watch = null;
            poll();
          });
    }
  }

  /** What the job notes of versions. */
  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    store.close();
  }
}
