package io.weir.benchmarks.routing;

import io.weir.jobs.local.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** The profile that everything here is measured under. */
final class Clusters {

  private static final MemorySize BUFFERS = MemorySize.ofMebiBytes(256);

  private Clusters() {}

  /** The project's folder. */
  static Path home() {
    return Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
  }

  static Configuration profile() {
    return LocalCluster.profile(home().resolve("flink-conf/local"))
        .set(TaskManagerOptions.NUM_TASK_SLOTS, 2 * Board.MAX_RECEIVERS)
        .set(PipelineOptions.MAX_PARALLELISM, Board.MAX_RECEIVERS)
        .set(TaskManagerOptions.NETWORK_MEMORY_MIN, BUFFERS)
        .set(TaskManagerOptions.NETWORK_MEMORY_MAX, BUFFERS)
        // A sender that waits for its turn would hold one up.
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(10));
  }
}
