package io.weir.consensus.server.lifecycle;

/** The node must not start like this; the message says what is wrong, where, and what to do. */
public final class StartRefused extends Exception {

  private static final long serialVersionUID = 1L;

  public StartRefused(String message) {
    super(message);
  }

  public StartRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
