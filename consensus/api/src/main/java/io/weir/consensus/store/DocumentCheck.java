package io.weir.consensus.store;

import io.weir.consensus.StoreException;
import java.util.Optional;

/** Decides whether a document may become a version. Thread-safe. */
public interface DocumentCheck {

  /**
   * Checks a document.
   *
   * @param schema of the job, if it has one
   * @throws StoreException.InvalidConfiguration when it is neither YAML nor JSON, or breaks the
   *     schema
   */
  void checkDocument(String document, Optional<String> schema);

  /**
   * Checks a JSON Schema itself.
   *
   * @throws StoreException.InvalidConfiguration when it is none
   */
  void checkSchema(String schema);

  /** Takes everything: for runs in which the job itself, which is the only reader, checks. */
  static DocumentCheck none() {
    return new DocumentCheck() {
      @Override
      public void checkDocument(String document, Optional<String> schema) {}

      @Override
      public void checkSchema(String schema) {}
    };
  }
}
