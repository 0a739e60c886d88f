package io.weir.operators.epoch.verify;

/** Nothing can be said about a folder. The message says why, where, and what to do about it. */
public final class NoVerdictException extends Exception {

  private static final long serialVersionUID = 1;

  NoVerdictException(String message) {
    super(message);
  }

  NoVerdictException(String message, Throwable cause) {
    super(message, cause);
  }
}
