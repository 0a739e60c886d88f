package io.weir.jobs.input.kafka;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A job's servers have never answered. Flink does not restart a job that fails with it. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class NoContactException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoContactException(String message, Throwable cause) {
    super(message, cause);
  }
}
