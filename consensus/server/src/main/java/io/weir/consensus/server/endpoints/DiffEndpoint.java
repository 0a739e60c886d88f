package io.weir.consensus.server.endpoints;

import static io.weir.consensus.server.access.Role.READ;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.wire.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How two versions of a job differ; a tombstone is an empty document. */
final class DiffEndpoint {

  private final ConfigurationStore store;

  DiffEndpoint(ConfigurationStore store) {
    this.store = store;
  }

  Route route() {
    return Route.get("/v1/jobs/{job}/diff", READ, this::diff);
  }

  private CompletableFuture<HttpAnswer> diff(Inquiry inquiry) {
    inquiry.allow("from", "to");
    String job = Limits.checkJob(inquiry.job());
    long from = version(inquiry, "from");
    long to = version(inquiry, "to");
    return document(job, from)
        .thenCombine(
            document(job, to),
            (old, revised) ->
                HttpAnswer.json(
                    Json.object()
                        .put("job", job)
                        .put("from", from)
                        .put("to", to)
                        .put(
                            "diff", Diff.unified(job + " " + from, old, job + " " + to, revised))));
  }

  private static long version(Inquiry inquiry, String name) {
    long version =
        inquiry
            .number(name)
            .orElseThrow(
                () -> new StoreException.InvalidRequest("parameter " + name + " is missing"));
    return Limits.checkVersion(name, version, 1);
  }

  private CompletableFuture<String> document(String job, long version) {
    return store
        .history(job, version, 1)
        .thenCompose(
            found ->
                document(found, version)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> missing(job, version)));
  }

  private static Optional<String> document(List<Revision> found, long version) {
    return found.stream()
        .filter(revision -> revision.version() == version)
        .findFirst()
        .flatMap(revision -> revision.isTombstone() ? Optional.of("") : revision.content());
  }

  /** Says why a version has no content, in the words in which a rollback to it is refused. */
  private CompletableFuture<String> missing(String job, long version) {
    return store
        .read(job)
        .thenCompose(newest -> store.check(rollback(job, newest.version(), version)))
        .thenApply(
            current -> {
              throw new StoreException.Unavailable("the job changed meanwhile; ask again");
            });
  }

  private static Proposal rollback(String job, long newest, long version) {
    return Proposal.of(job, newest, new Change.Rollback(version), "diff", "");
  }
}
