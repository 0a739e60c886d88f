package io.weir.benchmarks.store.sides;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.HttpStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Through the front, which asks for no more than a user's token. */
final class WeirClient implements StoreClient {

  private final HttpStore store;

  WeirClient(HttpStore store) {
    this.store = store;
  }

  @Override
  public CompletableFuture<Long> put(String job, long expected, String document) {
    return store
        .propose(Proposal.of(job, expected, new Change.Set(document), "bench", ""))
        .thenApply(Revision::version);
  }

  @Override
  public CompletableFuture<Document> get(String job) {
    return store.read(job).handle(WeirClient::document);
  }

  private static Document document(@Nullable Revision revision, @Nullable Throwable failure) {
    if (revision != null) {
      return new Document(revision.version(), String.valueOf(revision.document()));
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StoreException.UnknownJob) {
      return Document.NONE;
    }
    throw new CompletionException(cause);
  }

  @Override
  public void close() {
    store.close();
  }
}
