package io.weir.jobs.upgrade;

/** The upgrade was not begun: nothing has changed. The message says what to do. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }
}
