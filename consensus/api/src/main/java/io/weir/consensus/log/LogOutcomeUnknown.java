package io.weir.consensus.log;

/** The command may have been appended, or may still be: only the state tells. */
public final class LogOutcomeUnknown extends Exception {

  private static final long serialVersionUID = 1L;

  public LogOutcomeUnknown(String message) {
    super(message);
  }
}
