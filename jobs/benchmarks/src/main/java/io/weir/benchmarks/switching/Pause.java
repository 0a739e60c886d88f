package io.weir.benchmarks.switching;

import java.io.Serializable;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a subtask stands still, and after how many records, for back-pressure.
 *
 * @param records a power of two
 */
record Pause(int records, long nanos) implements Serializable {

  static final Pause NONE = new Pause(1, 0);

  /** Stands still if it is time to. */
  void after(int record) {
    if (nanos > 0 && (record & (records - 1)) == 0) {
      LockSupport.parkNanos(nanos);
    }
  }
}
