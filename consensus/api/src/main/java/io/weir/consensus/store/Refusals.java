package io.weir.consensus.store;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.log.LogOutcomeUnknown;
import io.weir.consensus.log.LogUnavailable;
import io.weir.consensus.register.Answer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The register's and the log's refusals in the words of the store's contract. */
final class Refusals {

  private Refusals() {}

  static StoreException of(Proposal proposal, Answer answer) {
    if (answer instanceof Answer.Conflict conflict) {
      return new StoreException.VersionConflict(
          proposal.job(), proposal.expectedVersion(), conflict.actual());
    }
    long version =
        proposal.change() instanceof Change.Rollback rollback
            ? rollback.version()
            : proposal.expectedVersion();
    return of(proposal.job(), version, answer);
  }

  private static StoreException of(String job, long version, Answer answer) {
    if (answer instanceof Answer.UnknownJob) {
      return new StoreException.UnknownJob(job);
    }
    if (answer instanceof Answer.UnknownVersion unknown) {
      return new StoreException.UnknownVersion(job, version, unknown.newest());
    }
    if (answer instanceof Answer.Compacted compacted) {
      return new StoreException.Compacted(job, version, compacted.oldest());
    }
    if (answer instanceof Answer.Refused refused) {
      return new StoreException.InvalidRequest(refused.reason());
    }
    if (answer instanceof Answer.SchemaChanged) {
      return new StoreException.Unavailable(
          "the schema of job '" + job + "' changes faster than documents can be checked");
    }
    throw new IllegalStateException("an answer that does not belong here: " + answer);
  }

  static CompletableFuture<Void> unlessNoted(String job, long version, Answer answer) {
    return answer instanceof Answer.Noted
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(of(job, version, answer));
  }

  static CompletableFuture<Optional<Revision>> unlessBegun(String job, Answer answer) {
    if (answer instanceof Answer.Proposed here) {
      return CompletableFuture.completedFuture(Optional.of(here.revision()));
    }
    return answer instanceof Answer.Noted
        ? CompletableFuture.completedFuture(Optional.empty())
        : CompletableFuture.failedFuture(of(job, 0, answer));
  }

  static <T> CompletableFuture<T> translated(CompletableFuture<T> future) {
    return future.exceptionallyCompose(failure -> CompletableFuture.failedFuture(of(failure)));
  }

  private static Throwable of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof LogUnavailable) {
      return new StoreException.Unavailable(String.valueOf(cause.getMessage()));
    }
    if (cause instanceof LogOutcomeUnknown) {
      return new StoreException.OutcomeUnknown(String.valueOf(cause.getMessage()));
    }
    return cause;
  }
}
