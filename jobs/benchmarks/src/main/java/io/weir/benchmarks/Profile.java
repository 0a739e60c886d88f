package io.weir.benchmarks;

import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The configuration of {@code ./weir run}, the same for every side that runs on Flink. */
public final class Profile {

  private Profile() {}

  /**
   * A local environment.
   *
   * @param profile folder of the {@code config.yaml}
   * @param results folder of the side's results; checkpoints lie beside it
   */
  public static StreamExecutionEnvironment environment(String profile, String results) {
    return environment(profile, results, 1);
  }

  /** The same with slots for at least so many subtasks of each operator. */
  public static StreamExecutionEnvironment environment(
      String profile, String results, int parallelism) {
    Configuration configuration = GlobalConfiguration.loadConfiguration(profile);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        Path.of(results + "-checkpoints").toUri().toString());
    configuration.set(
        TaskManagerOptions.NUM_TASK_SLOTS,
        Math.max(configuration.get(TaskManagerOptions.NUM_TASK_SLOTS), parallelism));
    return StreamExecutionEnvironment.createLocalEnvironment(configuration);
  }
}
