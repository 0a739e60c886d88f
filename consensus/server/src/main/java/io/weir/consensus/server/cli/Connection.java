package io.weir.consensus.server.cli;

import io.weir.consensus.StoreException;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.node.ClientFile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Opens the store that a file names. */
interface Connection {

  HttpStore open(Path file);

  /** The store as a user reaches it. */
  static Connection byFile() {
    return file -> new HttpStore(new ClientFile(file, System.getenv()).read());
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
