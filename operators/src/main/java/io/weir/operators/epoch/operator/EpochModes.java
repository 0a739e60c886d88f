package io.weir.operators.epoch.operator;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Refuses modes of a job in which records of one epoch could see two versions. */
final class EpochModes {

  private EpochModes() {}

  static void check(StreamExecutionEnvironment env) {
    List<String> problems = problems(env.getConfiguration());
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "live configuration cannot be used in this mode: " + String.join("; ", problems));
    }
  }

  private static List<String> problems(ReadableConfig options) {
    List<String> problems = new ArrayList<>();
    if (options.get(ExecutionOptions.RUNTIME_MODE) != RuntimeExecutionMode.STREAMING) {
      problems.add(
          "execution.runtime-mode is %s; set STREAMING, as batches have no barriers"
              .formatted(options.get(ExecutionOptions.RUNTIME_MODE)));
    }
    if (options.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
      problems.add(
          "execution.checkpointing.interval is not set; versions change at checkpoints, set for"
              + " instance 10s");
    }
    if (options.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE)
        != CheckpointingMode.EXACTLY_ONCE) {
      problems.add(
          "execution.checkpointing.mode is AT_LEAST_ONCE, where barriers are not aligned; set"
              + " EXACTLY_ONCE");
    }
    if (options.get(CheckpointingOptions.ENABLE_UNALIGNED)) {
      problems.add(
          "execution.checkpointing.unaligned.enabled is true, so barriers overtake records; set"
              + " false");
    }
    int concurrent = options.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS);
    if (concurrent != 1) {
      problems.add(
          "execution.checkpointing.max-concurrent-checkpoints is %d; set 1".formatted(concurrent));
    }
    return problems;
  }
}
