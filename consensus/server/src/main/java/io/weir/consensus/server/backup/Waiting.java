package io.weir.consensus.server.backup;

import io.weir.consensus.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for a store's answers; its own time limit bounds the wait. */
final class Waiting {

  private Waiting() {}

  /** The answer, or the refusal as it is. */
  static <T> T join(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException refusal) {
        throw refusal;
      }
      throw e;
    }
  }
}
