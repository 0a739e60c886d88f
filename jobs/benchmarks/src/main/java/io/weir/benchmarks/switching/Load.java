package io.weir.benchmarks.switching;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;

/** How hard the second operator is to get through. */
enum Load {
  FULL_SPEED("full speed", 1, 0),
  MILD("mild backpressure", 1024, 100_000),
  /** About 13,000 records a second and subtask: seconds of them fit into Flink's buffers. */
  HEAVY("heavy backpressure", 64, 5_000_000),
  /** The same; Flink keeps no more in its buffers than is dealt with in the time it is told. */
  HEAVY_DEBLOATED("heavy, debloated", 64, 5_000_000);

  static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
  static final Duration DEBLOATING_TARGET = Duration.ofMillis(250);

  private final String title;
  private final int records;
  private final long nanos;

  /** See {@link Pause}. */
  Load(String title, int records, long nanos) {
    this.title = title;
    this.records = records;
    this.nanos = nanos;
  }

  String title() {
    return title;
  }

  Pause pause() {
    return new Pause(records, nanos);
  }

  /** The cluster that it is measured on. */
  Configuration on(Configuration profile) {
    Configuration cluster = new Configuration(profile);
    cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    if (this == HEAVY_DEBLOATED) {
      cluster.set(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED, true);
      cluster.set(TaskManagerOptions.BUFFER_DEBLOAT_TARGET, DEBLOATING_TARGET);
    }
    return cluster;
  }
}
