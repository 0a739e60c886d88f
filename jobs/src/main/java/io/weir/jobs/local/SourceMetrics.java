package io.weir.jobs.local;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final FlinkRest rest;
  private final String job;

  /**
   * Makes a reader of the metrics of a job.
   *
   * @param address of the cluster's REST API
   */
  public SourceMetrics(URI address, JobID job) {
    this.rest = new FlinkRest(address);
    this.job = "/jobs/" + job;
  }

  /** What the sources have done so far, all subtasks together. */
  public SourceWork read() throws IOException, InterruptedException {
    SourceWork sum = SourceWork.NONE;
    for (Map<?, ?> vertex : FlinkRest.objectsIn(vertices())) {
      String metrics = job + "/vertices/" + vertex.get("id") + "/subtasks/metrics";
      sum = sum.plus(of(metrics));
    }
    return sum;
  }

  private Object vertices() throws IOException, InterruptedException {
    return Objects.requireNonNullElse(rest.object(job).get("vertices"), List.of());
  }

  private SourceWork of(String metrics) throws IOException, InterruptedException {
    String names =
        rest.objects(metrics).stream()
            .map(metric -> String.valueOf(metric.get("id")))
            .filter(name -> OF_INTEREST.matcher(name).matches())
            .collect(Collectors.joining(","));
    if (names.isEmpty()) {
      return SourceWork.NONE;
    }
    List<Map<?, ?>> sums = rest.objects(metrics + "?agg=sum&get=" + names);
    return new SourceWork(
        total(sums, "numRecordsOut"), total(sums, "workDone"), total(sums, "workTotal"));
  }

  private static long total(List<Map<?, ?>> sums, String name) {
    return sums.stream()
        .filter(metric -> String.valueOf(metric.get("id")).endsWith("." + name))
        .mapToLong(metric -> metric.get("sum") instanceof Number sum ? sum.longValue() : 0)
        .sum();
  }
}
