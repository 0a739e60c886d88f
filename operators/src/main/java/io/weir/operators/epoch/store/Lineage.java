package io.weir.operators.epoch.store;

import io.weir.consensus.Chain;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Revision;
import io.weir.consensus.VersionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a store's history leads from the version that a job holds to the newest one:
 * the history contains it, or somebody has adopted the history for it, and from there on each
 * version continues the one before by its hash.
 *
 * <p>Reads the history in pages, and keeps no more than a version of it.
 */
final class Lineage {

  private static final int PAGE = 50;

  private final ConfigurationStore store;
  private final VersionId held;
  private final Revision newest;

  // The last version behind the one held, in an unbroken chain; null while there is none.
  private @Nullable Revision last;
  private @Nullable Revision adoption;

  private Lineage(ConfigurationStore store, VersionId held, Revision newest) {
    this.store = store;
    this.held = held;
    this.newest = newest;
  }

  /**
   * What was found.
   *
   * @param leads whether the job may go on with the newest version
   * @param adoption by which it may; null if the history contains what the job holds
   */
  record Finding(boolean leads, @Nullable Revision adoption) {}

  /** Looks behind the version that the job holds first, where it will be found but for a fork. */
  static CompletableFuture<Finding> find(
      ConfigurationStore store, VersionId held, Revision newest) {
    CompletableFuture<Finding> near =
        newest.version() < held.version()
            ? CompletableFuture.completedFuture(new Finding(false, null))
            : new Lineage(store, held, newest).from(held.version());
    return near.thenCompose(
        finding ->
            finding.leads()
                ? CompletableFuture.completedFuture(finding)
                : new Lineage(store, held, newest).from(1));
  }

  private CompletableFuture<Finding> from(long version) {
    return store
        .history(newest.job(), version, PAGE)
        .thenCompose(
            page -> {
              page.forEach(this::take);
              return isLast(page)
                  ? CompletableFuture.completedFuture(finding())
                  : from(page.get(page.size() - 1).version() + 1);
            });
  }

  private boolean isLast(List<Revision> page) {
    return page.size() < PAGE || page.get(page.size() - 1).version() >= newest.version();
  }

  // What came since the newest one was read is left for the next look.
  private void take(Revision revision) {
    if (revision.version() > newest.version()) {
      return;
    }
    if (last != null) {
      last = Chain.follows(revision, last) ? revision : null;
    } else if (isStart(revision)) {
      last = revision;
      adoption = revision.abandoned() == null ? null : revision;
    }
  }

  private boolean isStart(Revision revision) {
    boolean whole = revision.hash().equals(Chain.hash(revision));
    return whole && (VersionId.of(revision).equals(held) || held.equals(revision.abandoned()));
  }

  private Finding finding() {
    boolean leads = last != null && last.hash().equals(newest.hash());
    return new Finding(leads, leads ? adoption : null);
  }

  /** Why a history that does not lead on from a version does not, in words. */
  static String gap(Revision newest, VersionId last) {
    if (newest.version() < last.version()) {
      return "the store is at version " + newest.version() + ", behind the job";
    }
    return newest.version() == last.version()
        ? "version " + last.version() + " of the store is another one"
        : "the store's history does not contain version " + last.version();
  }
}
