package io.weir.benchmarks.pipeline.sides;

import io.weir.benchmarks.Profile;
import io.weir.benchmarks.frame.PipelineTask;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What Weir and Flink SQL run on. */
final class FlinkSide {

  private FlinkSide() {}

  static StreamExecutionEnvironment environment(PipelineTask task, String profile) {
    StreamExecutionEnvironment env =
        Profile.environment(profile, task.folder().resolve("flink").toString(), task.parallelism());
    env.setParallelism(task.parallelism());
    env.enableCheckpointing(task.intervalMillis());
    return env;
  }
}
