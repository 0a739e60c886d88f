package io.weir.jobs.local;

import io.weir.jobs.rest.Answer;
import io.weir.jobs.rest.Causes;
import io.weir.jobs.rest.JobManager;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/**
 * Tells each time that a job restarts, and why: what a job waits for, or that it gets nowhere, is
 * otherwise seen by nobody. The failure that ends the job is told by its result.
 */
final class JobRestarts {

  private static final Set<String> ENDING = Set.of("FAILING", "FAILED");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final JobManager jobManager;
  private final String job;
  private final Consumer<String> teller;
  private int restarts;
  private long lastMillis;

  /**
   * Makes a watcher of a job.
   *
   * @param address of the cluster's REST API
   * @param teller takes a line for each restart
   */
  JobRestarts(String name, URI address, JobID id, Consumer<String> teller) {
    this.name = name;
    this.teller = teller;
    jobManager = new JobManager(address).within(LIMIT);
    job = "/jobs/" + id;
  }

  /** Tells the restarts that have happened since the last time. */
  void tellNew() throws IOException, InterruptedException {
    List<Answer> failures = newFailures();
    // Asked afterwards: a job that goes on now has restarted after each of them.
    if (!failures.isEmpty() && !ENDING.contains(jobManager.require(job).text("state"))) {
      failures.forEach(this::tell);
    }
  }

  private List<Answer> newFailures() throws IOException, InterruptedException {
    return jobManager.require(job + "/exceptions").objects("exceptionHistory", "entries").stream()
        .filter(failure -> millis(failure) > lastMillis)
        .sorted(Comparator.comparingLong(JobRestarts::millis))
        .toList();
  }

  private void tell(Answer failure) {
    lastMillis = millis(failure);
    restarts++;
    teller.accept(name + ": restart " + restarts + " after " + cause(failure.text("stacktrace")));
  }

  /** The root of a stack trace, in one line. */
  static String cause(String stackTrace) {
    return stackTrace.isBlank() ? "an unknown failure" : Causes.innermost(stackTrace);
  }

  private static long millis(Answer failure) {
    return failure.number("timestamp");
  }
}
