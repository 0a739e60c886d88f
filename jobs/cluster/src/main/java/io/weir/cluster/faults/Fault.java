package io.weir.cluster.faults;

import io.weir.cluster.servers.FlinkJob;
import java.io.IOException;
import java.time.Duration;

/**
 * Something that breaks for a while.
 *
 * @param name for people
 * @param group faults of one group are never there at the same time
 * @param held how long it stays broken
 * @param restarts whether the job must have gone back to a checkpoint afterwards
 * @param breaking breaks it; what it returns mends it
 */
record Fault(String name, Group group, Duration held, boolean restarts, Breaking breaking) {

  /** What is broken. */
  enum Group {
    TASK_MANAGERS,
    JOB_MANAGERS,
    KAFKA,
    STORE,
    POSTGRES,
    DISK
  }

  /** Breaks something under a job. */
  interface Breaking {
    Mending breakFor(FlinkJob job) throws IOException, InterruptedException;
  }

  /** Makes it whole again, and waits until it is. */
  interface Mending {
    void mend() throws IOException, InterruptedException;
  }
}
