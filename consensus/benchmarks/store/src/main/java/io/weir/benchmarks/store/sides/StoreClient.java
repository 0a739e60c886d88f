package io.weir.benchmarks.store.sides;

import java.util.concurrent.CompletableFuture;

/**
 * What is measured, the same for every side. Versions of a document count its changes from 1; 0 is
 * a document that never was. Thread-safe; futures end on threads that must not be blocked.
 */
public interface StoreClient extends AutoCloseable {

  /**
   * A document as it was read.
   *
   * @param text empty for a document that never was
   */
  record Document(long version, String text) {

    static final Document NONE = new Document(0, "");
  }

  /** Sets a document if its version is the expected one; returns the new version. */
  CompletableFuture<Long> put(String job, long expected, String document);

  /** Reads a document, linearizably. */
  CompletableFuture<Document> get(String job);

  @Override
  void close();
}
