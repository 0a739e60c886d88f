package io.weir.benchmarks.profiles;

import io.weir.jobs.local.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * A profile, in one JVM.
 *
 * @param name of its folder, or {@code defaults}
 */
record Side(String name, Configuration configuration) {

  private static final Duration FLINKS_EXAMPLE = Duration.ofSeconds(10);
  private static final int SLOTS = 4;

  /** Flink's defaults first, then the profiles for clusters. */
  static List<Side> all(Path profiles) {
    return Stream.concat(
            Stream.of(new Side("defaults", defaults())),
            Stream.of("throughput", "latency", "ha")
                .map(name -> new Side(name, read(profiles.resolve(name)))))
        .toList();
  }

  /** Checkpoints are the one thing that has no default: without them nothing is exactly once. */
  private static Configuration defaults() {
    return here(
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, FLINKS_EXAMPLE)
            .set(PipelineOptions.MAX_PARALLELISM, 720));
  }

  private static Configuration read(Path profile) {
    Configuration configuration = LocalCluster.profile(profile);
    // One JVM has no JobManager that could stand by.
    configuration.removeConfig(HighAvailabilityOptions.HA_MODE);
    return here(configuration);
  }

  private static Configuration here(Configuration configuration) {
    configuration.removeConfig(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    configuration.removeConfig(CheckpointingOptions.SAVEPOINT_DIRECTORY);
    return configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
  }
}
