package io.weir.jobs.demo.rules;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.jobs.analytics.AnalyticsRules;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The analytics job's live configuration, as the store tells of it. Used by one thread, which waits
 * for the store at the start and at the end only.
 */
public final class LiveRules {

  /** Under this name the store holds it. */
  public static final String JOB = "analytics";

  private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);
  private static final String AUTHOR = "demo";

  /** Waits for an answer, or no longer than the demo shall run. */
  public interface Waiting {
    <T> T await(CompletableFuture<T> answer) throws ExecutionException, InterruptedException;
  }

  private record Answer(List<Revision> revisions, List<LedgerEntry> ledger) {}

  private final ConfigurationStore store;
  private final Waiting waiting;
  private final TreeMap<Long, Revision> revisions = new TreeMap<>();
  private @Nullable CompletableFuture<Answer> asked;
  private @Nullable CompletableFuture<Revision> proposed;
  private Standing standing = Standing.none();

  public LiveRules(ConfigurationStore store, Waiting waiting) {
    this.store = store;
    this.waiting = waiting;
  }

  /** Registers the schema and makes version 1; waits for the store as long as its client does. */
  public void seed() throws IOException, ExecutionException, InterruptedException {
    waiting.await(store.registerSchema(JOB, AnalyticsRules.schema()));
    waiting.await(propose(0, DemoRules.first(), "what the demo starts with"));
  }

  /** Makes version 2, unless there is one; called again, changes nothing. */
  public void change() throws IOException {
    if (proposed == null) {
      proposed = propose(1, DemoRules.second(), "what the demo changes half way");
    }
  }

  private CompletableFuture<Revision> propose(long expected, String document, String reason) {
    return store.propose(Proposal.of(JOB, expected, new Change.Set(document), AUTHOR, reason));
  }

  /** What is in force, as far as the store has answered by now. */
  public Standing look() throws ExecutionException, InterruptedException {
    if (proposed != null && proposed.isDone()) {
      checkProposal(proposed);
    }
    if (asked == null) {
      asked = ask();
    } else if (asked.isDone()) {
      take(asked);
      asked = ask();
    }
    return standing;
  }

  // Whoever was quicker is right.
  private static void checkProposal(CompletableFuture<Revision> proposed)
      throws ExecutionException, InterruptedException {
    try {
      var unused = proposed.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof StoreException.VersionConflict)) {
        throw e;
      }
    }
  }

  private void take(CompletableFuture<Answer> answer) {
    try {
      take(answer.join());
    } catch (CompletionException e) {
      // The store's nodes may change their leader; the next second asks again.
      LOG.debug("no news of the rules", e);
    }
  }

  private CompletableFuture<Answer> ask() {
    long from = revisions.isEmpty() ? 1 : revisions.lastKey();
    return store.history(JOB, from, Limits.VERSIONS).thenCombine(store.ledger(JOB), Answer::new);
  }

  private void take(Answer answer) {
    answer.revisions().forEach(each -> revisions.put(each.version(), each));
    String remark = "";
    for (LedgerEntry entry : answer.ledger()) {
      Revision revision = revisions.get(entry.version());
      if (entry.outcome() == Outcome.REFUSED) {
        remark = "version " + entry.version() + " refused: " + entry.note();
      } else if (revision != null) {
        remark = "";
        standing = standing(entry, revision);
      }
    }
    standing = standing.withRemark(remark);
  }

  private static Standing standing(LedgerEntry entry, Revision revision) {
    return new Standing(
        entry.version(),
        entry.checkpoint(),
        entry.subtasks(),
        Duration.between(revision.time(), entry.time()),
        rules(revision),
        "");
  }

  private static AnalyticsRules rules(Revision revision) {
    try {
      return AnalyticsRules.read(revision.content().orElse("{}"));
    } catch (InvalidConfigurationException e) {
      throw new IllegalStateException("in force, but not valid: version " + revision.version(), e);
    }
  }

  /** Every version that there was, by its number; asks the store a last time. */
  public Map<Long, AnalyticsRules> versions() throws ExecutionException, InterruptedException {
    take(waiting.await(ask()));
    Map<Long, AnalyticsRules> versions = new TreeMap<>();
    revisions.values().stream()
        .filter(revision -> revision.content().isPresent())
        .forEach(revision -> versions.put(revision.version(), rules(revision)));
    return versions;
  }
}
