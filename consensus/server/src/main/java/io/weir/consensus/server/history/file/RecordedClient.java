package io.weir.consensus.server.history.file;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Uses a configuration store on behalf of one client and has all of it recorded.
 *
 * <p>Thread-safe if the store is. Futures complete as the store's do, after the answer was written
 * down.
 */
public final class RecordedClient {

  private final String name;
  private final ConfigurationStore store;
  private final HistoryRecorder recorder;

  public RecordedClient(String name, ConfigurationStore store, HistoryRecorder recorder) {
    this.name = name;
    this.store = store;
    this.recorder = recorder;
  }

  /** See {@link ConfigurationStore#read}. */
  public CompletableFuture<Revision> read(String job) {
    long operation = recorder.readCalled(name, job);
    return store.read(job).whenComplete((found, e) -> readAnswered(operation, found, e));
  }

  private void readAnswered(long operation, @Nullable Revision found, @Nullable Throwable e) {
    if (found != null) {
      recorder.found(operation, found.version(), found.documentHash());
    } else if (cause(e) instanceof StoreException.UnknownJob) {
      recorder.unknownJob(operation);
    } else {
      recorder.failed(operation);
    }
  }

  /**
   * See {@link ConfigurationStore#propose}. Not for rollbacks, of which the client does not know
   * the document.
   */
  public CompletableFuture<Revision> propose(Proposal proposal) {
    long operation =
        recorder.proposeCalled(
            name, proposal.job(), proposal.expectedVersion(), hash(proposal.change()));
    return store
        .propose(proposal)
        .whenComplete((agreed, e) -> proposeAnswered(operation, agreed, e));
  }

  private static String hash(Change change) {
    if (change instanceof Change.Rollback) {
      throw new IllegalArgumentException("a rollback is not recorded: " + change);
    }
    return change instanceof Change.Set set ? Chain.hashDocument(set.document()) : "";
  }

  private void proposeAnswered(long operation, @Nullable Revision agreed, @Nullable Throwable e) {
    Throwable cause = cause(e);
    if (agreed != null) {
      recorder.agreed(operation, agreed.version());
    } else if (cause instanceof StoreException.VersionConflict conflict) {
      recorder.conflict(operation, conflict.actual());
    } else if (cause instanceof StoreException
        && !(cause instanceof StoreException.OutcomeUnknown)) {
      recorder.failed(operation);
    } else {
      recorder.outcomeUnknown(operation);
    }
  }

  private static @Nullable Throwable cause(@Nullable Throwable e) {
    return e instanceof CompletionException ? e.getCause() : e;
  }
}
