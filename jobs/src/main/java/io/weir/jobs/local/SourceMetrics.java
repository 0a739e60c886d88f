package io.weir.jobs.local;

import io.weir.jobs.rest.Answer;
import io.weir.jobs.rest.JobManager;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;

/**
 * How far the sources of a job have come, from their metrics: Flink's own count of records, and the
 * gauges {@code workDone} and {@code workTotal} (any unit, the same for both) that a bounded source
 * of Weir has. Each subtask must register gauge objects of its own: Flink tells them apart by
 * identity, and a lambda that captures nothing is one object for all.
 */
public final class SourceMetrics {

  // Flink writes the operator's name before the metric's: "Source: access log" ->
  // Source__access_log.
  private static final Pattern OF_INTEREST =
      Pattern.compile("Source__.*\\.(numRecordsOut|workDone|workTotal)");

  // It is asked again and again, while somebody waits for a line.
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final JobManager jobManager;
  private final String job;

  /**
   * Makes a reader of the metrics of a job.
   *
   * @param address of the cluster's REST API
   */
  public SourceMetrics(URI address, JobID job) {
    this.jobManager = new JobManager(address).within(LIMIT);
    this.job = "/jobs/" + job;
  }

  /** What the sources have done so far, all subtasks together. */
  public SourceWork read() throws IOException, InterruptedException {
    SourceWork sum = SourceWork.NONE;
    for (Answer vertex : jobManager.require(job).objects("vertices")) {
      sum = sum.plus(of(job + "/vertices/" + vertex.text("id") + "/subtasks/metrics"));
    }
    return sum;
  }

  private SourceWork of(String metrics) throws IOException, InterruptedException {
    String names =
        jobManager.require(metrics).objects().stream()
            .map(metric -> metric.text("id"))
            .filter(name -> OF_INTEREST.matcher(name).matches())
            .collect(Collectors.joining(","));
    if (names.isEmpty()) {
      return SourceWork.NONE;
    }
    List<Answer> sums = jobManager.require(metrics + "?agg=sum&get=" + names).objects();
    return new SourceWork(
        total(sums, "numRecordsOut"), total(sums, "workDone"), total(sums, "workTotal"));
  }

  private static long total(List<Answer> sums, String name) {
    return sums.stream()
        .filter(metric -> metric.text("id").endsWith("." + name))
        .mapToLong(metric -> metric.number("sum"))
        .sum();
  }
}
