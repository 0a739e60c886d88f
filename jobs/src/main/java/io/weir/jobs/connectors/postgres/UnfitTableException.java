package io.weir.jobs.connectors.postgres;

/** A table cannot take the job's rows; the message says why and what would help. */
public final class UnfitTableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnfitTableException(String message) {
    super(message);
  }
}
