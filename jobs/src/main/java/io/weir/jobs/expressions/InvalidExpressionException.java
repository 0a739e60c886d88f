package io.weir.jobs.expressions;

/** A condition cannot be used; the message says where and why, and which columns there are. */
public final class InvalidExpressionException extends Exception {

  private static final long serialVersionUID = 1;

  InvalidExpressionException(String message) {
    super(message);
  }
}
