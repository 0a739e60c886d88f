package io.weir.operators.epoch;

/** A document cannot be used by a job. The message says where it is wrong and what is allowed. */
public final class InvalidConfigurationException extends Exception {

  private static final long serialVersionUID = 1;

  public InvalidConfigurationException(String message) {
    super(message);
  }

  public InvalidConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
