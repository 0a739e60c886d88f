package io.weir.consensus.server.raft;

/** The node must not start like this; the message says what is wrong, where, and what to do. */
public final class StartRefused extends Exception {

  private static final long serialVersionUID = 1L;

  StartRefused(String message) {
    super(message);
  }

  StartRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
