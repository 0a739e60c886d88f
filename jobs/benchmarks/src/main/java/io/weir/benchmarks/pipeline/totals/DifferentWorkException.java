package io.weir.benchmarks.pipeline.totals;

import java.io.IOException;

/** A system found something else than what there was, so its speed says nothing. */
public final class DifferentWorkException extends IOException {

  private static final long serialVersionUID = 1;

  DifferentWorkException(String message) {
    super(message);
  }
}
