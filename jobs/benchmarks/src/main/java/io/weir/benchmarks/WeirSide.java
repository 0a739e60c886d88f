package io.weir.benchmarks;

import io.weir.jobs.analytics.AnalyticsJob;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The analytics job, through its settings. */
final class WeirSide {

  private WeirSide() {}

  /** Arguments: folder of the events, folder for the results, folder of flink-conf. */
  public static void main(String[] args) throws Exception {
    long started = System.nanoTime();
    StreamExecutionEnvironment env = Profile.environment(args[2], args[1]);
    job(args[0], args[1]).define(env);
    env.execute("weir");
    System.out.println(Results.report(Path.of(args[1]), started, "requests", "bytes").toLine());
  }

  private static PreparedJob job(String events, String results) {
    Problems problems = new Problems();
    Section settings =
        new SettingsFile(problems, name -> null)
            .read(
                null,
                List.of(
                    "source.file={path: " + events + ", format: json}",
                    "schema={time: time, url: string, bytes: long}",
                    "time.lateness=60s",
                    "group-by=[url]",
                    "window.tumbling=1min",
                    "aggregates={requests: count, bytes: sum(bytes), smallest: min(bytes),"
                        + " largest: max(bytes), average: avg(bytes)}",
                    "sink.file.path=" + results));
    PreparedJob job = new AnalyticsJob().prepare(settings);
    settings.done();
    problems.throwIfAny();
    return job;
  }
}
