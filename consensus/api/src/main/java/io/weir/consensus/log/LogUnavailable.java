package io.weir.consensus.log;

/**
 * The command was not appended and never will be: it may be submitted again, here or at another
 * node.
 */
public final class LogUnavailable extends Exception {

  private static final long serialVersionUID = 1L;

  public LogUnavailable(String message) {
    super(message);
  }
}
