package io.weir.jobs.local;

import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/**
 * Tells each time that a job restarts, and why: what a job waits for, or that it gets nowhere, is
 * otherwise seen by nobody. The failure that ends the job is told by its result.
 */
final class JobRestarts {

  private static final Set<String> ENDING = Set.of("FAILING", "FAILED");
  private static final String CAUSE = "Caused by: ";

  private final String name;
  private final FlinkRest rest;
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
    rest = new FlinkRest(address);
    job = "/jobs/" + id;
  }

  /** Tells the restarts that have happened since the last time. */
  void tellNew() throws IOException, InterruptedException {
    List<Map<?, ?>> failures = newFailures();
    // Asked afterwards: a job that goes on now has restarted after each of them.
    if (!failures.isEmpty() && !ENDING.contains(text(rest.object(job), "state"))) {
      failures.forEach(this::tell);
    }
  }

  private List<Map<?, ?>> newFailures() throws IOException, InterruptedException {
    Object history = rest.object(job + "/exceptions").get("exceptionHistory");
    if (!(history instanceof Map<?, ?> entries) || entries.get("entries") == null) {
      return List.of();
    }
    return FlinkRest.objectsIn(entries.get("entries")).stream()
        .filter(failure -> millis(failure) > lastMillis)
        .sorted(Comparator.comparingLong(JobRestarts::millis))
        .toList();
  }

  private void tell(Map<?, ?> failure) {
    lastMillis = millis(failure);
    restarts++;
    teller.accept(name + ": restart " + restarts + " after " + cause(text(failure, "stacktrace")));
  }

  /** The root of a stack trace, in one line. */
  static String cause(String stackTrace) {
    List<String> lines = stackTrace.lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith(CAUSE))
        .reduce((first, second) -> second)
        .map(line -> line.substring(CAUSE.length()))
        .orElseGet(() -> lines.isEmpty() ? "an unknown failure" : lines.get(0));
  }

  private static long millis(Map<?, ?> failure) {
    return failure.get("timestamp") instanceof Number millis ? millis.longValue() : 0;
  }

  private static String text(Map<?, ?> object, String key) {
    return String.valueOf(object.get(key));
  }
}
