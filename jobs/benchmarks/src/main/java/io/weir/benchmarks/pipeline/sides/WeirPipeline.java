package io.weir.benchmarks.pipeline.sides;

import io.weir.benchmarks.frame.PipelineTask;
import io.weir.jobs.analytics.AnalyticsJob;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The analytics job, through its settings. */
final class WeirPipeline {

  private WeirPipeline() {}

  /** Arguments: those of the task, folder of flink-conf. */
  public static void main(String[] arguments) throws Exception {
    PipelineTask task = PipelineTask.parse(arguments);
    StreamExecutionEnvironment env = FlinkSide.environment(task, arguments[8]);
    job(task).define(env);
    env.execute("weir");
  }

  private static PreparedJob job(PipelineTask task) {
    Problems problems = new Problems();
    Section settings =
        new SettingsFile(problems, name -> null)
            .read(
                null,
                List.of(
                    "source.kafka={servers: '"
                        + task.servers()
                        + "', topic: "
                        + task.input()
                        + ", format: json}",
                    "schema={time: time, url: string, bytes: long}",
                    "time.lateness=" + task.latenessSeconds() + "s",
                    "group-by=[url]",
                    "window.tumbling=" + task.windowSeconds() + "s",
                    "aggregates={requests: count, bytes: sum(bytes), smallest: min(bytes),"
                        + " largest: max(bytes), average: avg(bytes)}",
                    "sink.kafka={servers: '"
                        + task.servers()
                        + "', topic: "
                        + task.output()
                        + "}"));
    PreparedJob job = new AnalyticsJob().prepare(settings);
    settings.done();
    problems.throwIfAny();
    return job;
  }
}
