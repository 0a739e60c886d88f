package io.weir.operators.epoch.store;

import io.weir.consensus.Chain;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.StoreProvider;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.metrics.EpochMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns what the store agrees on for one job. A watch brings new versions at once; a linearizable
 * read about once a second makes sure, and says how fresh the knowledge is. Each version must
 * continue the history of the one before by its hash: a store that was set back, or was set back
 * and moved on, is not followed until somebody adopts its history.
 *
 * <p>All state belongs to the executor's thread; the store may be away for as long as it likes.
 */
public final class StoreFollower implements AutoCloseable {

  /** Takes what the store agreed on. Called in the executor's thread. */
  public interface Listener {

    void agreed(Document document, Instant time);

    /** A version that no job could use: a deleted document. */
    void unusable(Document document, String reason);

    /**
     * The store's history does not contain what the job holds, and nobody has adopted it: nothing
     * that the store says is taken. Called once for each reason.
     */
    void apart(VersionId held, String reason);
  }

  private static final Logger LOG = LoggerFactory.getLogger(StoreFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  // Where an answer is missing: for a first version, or since the store went away.
  private static final Duration IMPATIENT_POLL = Duration.ofMillis(200);

  private final String job;
  private final @Nullable String initialDocument;
  private final ConfigurationStore store;
  private final ScheduledExecutorService executor;
  private final EpochMetrics metrics;
  private final Listener listener;
  private final Ledger ledger;
  private final Introduction introduction;

  // The last version that was taken; null: any history will do.
  private @Nullable VersionId known;
  // The newest version of a history that is another one: nothing to look at until there is more.
  private @Nullable VersionId rejected;
  private @Nullable Watch watch;
  private @Nullable ScheduledFuture<?> next;
  private boolean reading;
  private boolean verifying;
  private boolean away;
  private volatile String state = "the store has not answered yet";
  private volatile boolean answered;

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
    this.store = store;
    this.executor = executor;
    this.metrics = metrics;
    this.listener = listener;
    this.ledger = new Ledger(job, store, executor);
    this.introduction = new Introduction(job, schema, store);
    if (restored != null && restored.version() > 0) {
      known = new VersionId(restored.version(), restored.hash());
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
  public static @Nullable StoreFollower start(
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
  public String state() {
    return state;
  }

  /** Whether the store has said anything about the job. */
  public boolean hasAnswered() {
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
    Duration pause = known == null || away ? IMPATIENT_POLL : POLL;
    // A look that a watch brought about must not begin a second series of looks.
    if (next != null) {
      next.cancel(false);
    }
    next = executor.schedule(this::poll, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void onFailure(Throwable failure) {
    if (failure instanceof StoreException.UnknownJob) {
      confirmed();
      VersionId held = known;
      if (held != null) {
        rejected = null;
        apart(held, "the store knows no such job any more");
      } else if (initialDocument != null) {
        propose(initialDocument);
      } else {
        state = "the store has no document for it";
      }
      return;
    }
    away = true;
    state = "the store does not answer: " + failure.getMessage();
    if (failure instanceof StoreException.AccessDenied) {
      LOG.warn("job {}: {}", job, state);
    }
  }

  private void confirmed() {
    away = false;
    metrics.confirmed();
    if (!answered) {
      answered = true;
      introduction.registerSchema();
    }
  }

  private void propose(String document) {
    var unused =
        introduction
            .propose(document)
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
    VersionId last = known;
    VersionId found = VersionId.of(newest);
    if (last == null) {
      accept(newest);
    } else if (found.equals(last)) {
      follow(last);
    } else if (!found.equals(rejected) && !verifying) {
      verify(newest, last);
    }
  }

  private void verify(Revision newest, VersionId last) {
    verifying = true;
    var unused =
        Lineage.find(store, last, newest)
            .whenCompleteAsync(
                (finding, failure) -> {
                  verifying = false;
                  if (failure == null && last.equals(known)) {
                    conclude(newest, last, finding);
                  }
                },
                executor);
  }

  private void conclude(Revision newest, VersionId last, Lineage.Finding finding) {
    Revision adoption = finding.adoption();
    if (adoption != null) {
      LOG.info(
          "job {} gives up {} for the store's history: adopted by {} as version {}",
          job,
          last,
          adoption.author(),
          adoption.version());
    }
    if (finding.leads()) {
      accept(newest);
    } else {
      rejected = VersionId.of(newest);
      apart(last, Lineage.gap(newest, last));
    }
  }

  private void accept(Revision revision) {
    known = VersionId.of(revision);
    follow(known);
    if (revision.isTombstone()) {
      state = "its document was deleted as version " + revision.version();
      listener.unusable(document(revision), "the document was deleted by " + revision.author());
    } else if (revision.document() != null) {
      listener.agreed(document(revision), revision.time());
    }
  }

  private void follow(VersionId version) {
    rejected = null;
    metrics.followed(true);
    state = "following version " + version.version();
    watchFrom(version.version() + 1);
  }

  private static Document document(Revision revision) {
    return new Document(revision.version(), revision.hash(), revision.content().orElse(""));
  }

  private void apart(VersionId held, String reason) {
    if (watch != null) {
      watch.close();
      watch = null;
    }
    metrics.followed(false);
    String said = "not followed: " + reason;
    if (!said.equals(state)) {
      state = said;
      listener.apart(held, reason);
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
            VersionId last = known;
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
  public Ledger ledger() {
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
