package io.weir.jobs.savepoints;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A store that never answers: what a job knows, it knows from its savepoint. */
public final class AbsentStore implements ConfigurationStore {

  private static <T> CompletableFuture<T> away() {
    return CompletableFuture.failedFuture(new StoreException.Unavailable("the store is away"));
  }

  @Override
  public CompletableFuture<Revision> read(String job) {
    return away();
  }

  @Override
  public CompletableFuture<Revision> readLocal(String job) {
    return away();
  }

  @Override
  public CompletableFuture<Revision> propose(Proposal proposal) {
    return away();
  }

  @Override
  public CompletableFuture<Optional<Revision>> check(Proposal proposal) {
    return away();
  }

  @Override
  public Watch watch(String job, long from, WatchListener listener) {
    return () -> {};
  }

  @Override
  public CompletableFuture<List<Revision>> history(String job, long from, int limit) {
    return away();
  }

  @Override
  public CompletableFuture<List<String>> jobs() {
    return away();
  }

  @Override
  public CompletableFuture<Void> registerSchema(String job, String schema, String requestId) {
    return away();
  }

  @Override
  public CompletableFuture<Optional<String>> schema(String job) {
    return away();
  }

  @Override
  public CompletableFuture<Void> record(LedgerEntry entry) {
    return away();
  }

  @Override
  public CompletableFuture<List<LedgerEntry>> ledger(String job) {
    return away();
  }

  @Override
  public CompletableFuture<Optional<Revision>> beginRestore(String job, VersionId newest) {
    return away();
  }

  @Override
  public CompletableFuture<Void> restore(Revision revision) {
    return away();
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
