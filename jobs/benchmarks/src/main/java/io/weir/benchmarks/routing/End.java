package io.weir.benchmarks.routing;

import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;

/** Ends jobs that would not end by themselves. */
final class End {

  private static final long LIMIT_SECONDS = 120;

  private End() {}

  /** Cancels a job, and waits until its tasks have gone. */
  static void of(JobClient job) throws Exception {
    job.cancel().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    while (!job.getJobStatus().get(LIMIT_SECONDS, TimeUnit.SECONDS).isGloballyTerminalState()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
