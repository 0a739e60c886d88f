package io.weir.benchmarks.monitoring;

import io.weir.benchmarks.Profile;
import io.weir.benchmarks.Results;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.monitoring.MonitoringJob;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The monitoring job, through its settings: twice in one process, so that the second report less
 * the first one is about a job whose code is compiled.
 */
final class MonitoringSide {

  private MonitoringSide() {}

  /** Arguments: folder of the spans, their format, folder for the results, folder of flink-conf. */
  public static void main(String[] args) throws Exception {
    long started = System.nanoTime();
    for (int pass = 1; pass <= 2; pass++) {
      String results = args[2] + "/" + pass;
      StreamExecutionEnvironment env = Profile.environment(args[3], results);
      job(args[0], SpanFormat.valueOf(args[1]), results).define(env);
      env.execute("weir");
      Path services = Path.of(results, "red_by_service");
      System.out.println(Results.report(services, started, "calls", "duration_sum_us").toLine());
    }
  }

  private static PreparedJob job(String spans, SpanFormat format, String results) {
    Problems problems = new Problems();
    Section settings =
        new SettingsFile(problems, name -> null)
            .read(
                null,
                List.of(
                    "source.file={path: " + spans + ", format: " + format.setting() + "}",
                    "sink.file.path=" + results));
    PreparedJob job = new MonitoringJob().prepare(settings);
    settings.done();
    problems.throwIfAny();
    return job;
  }
}
