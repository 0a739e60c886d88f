package io.weir.consensus.server.cli;

import io.weir.consensus.StoreException;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.node.ClientFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Opens the store that a file names. */
interface Connection {

  /**
   * Longer than what programs that run on give a node: a command makes its first connections while
   * Java still loads what they need, which takes over a second on a busy machine.
   */
  Duration ATTEMPT_LIMIT = Duration.ofSeconds(3);

  HttpStore open(Path file);

  /** The store as a user reaches it. */
  static Connection byFile() {
    return file ->
        new HttpStore(new ClientFile(file, System.getenv()).read().withAttemptLimit(ATTEMPT_LIMIT));
  }

  /** Waits, and throws a refusal as it is. */
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
