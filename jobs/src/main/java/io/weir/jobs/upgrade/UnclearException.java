package io.weir.jobs.upgrade;

/** Neither job is known to run well. The message says what is known, and how to go on by hand. */
public final class UnclearException extends Exception {

  private static final long serialVersionUID = 1;

  UnclearException(String message) {
    super(message);
  }

  UnclearException(String message, Throwable cause) {
    super(message, cause);
  }
}
