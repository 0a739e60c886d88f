package io.weir.operators.intake;

/**
 * A record is not what its format demands. Thrown per record on the hot path, so it carries no
 * stack trace.
 */
public final class BrokenRecordException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param message what is wrong and where in the record
   */
  public BrokenRecordException(String message) {
    super(message, null, false, false);
  }
}
