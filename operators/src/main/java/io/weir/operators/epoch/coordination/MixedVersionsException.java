package io.weir.operators.epoch.coordination;

/** The reason why a job goes back: its subtasks were under different versions. */
final class MixedVersionsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  MixedVersionsException(String message) {
    super(message);
  }
}
