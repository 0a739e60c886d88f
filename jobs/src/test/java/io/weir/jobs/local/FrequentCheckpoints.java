package io.weir.jobs.local;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;

/** For tests that wait for what a checkpoint commits, or for what the REST API says of a job. */
public final class FrequentCheckpoints {

  private FrequentCheckpoints() {}

  /** The profile of {@code weir run}, in which checkpoints follow each other ten times as soon. */
  public static Configuration profile() {
    return LocalCluster.profile(Path.of("..", "flink-conf", "local"))
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200))
        .set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(50))
        // The REST API answers from copies that are as old as this.
        .set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(50));
  }
}
