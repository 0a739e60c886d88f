package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.frame.PipelineTask;
import io.weir.benchmarks.pipeline.stream.Topics;
import java.nio.file.Path;

/**
 * What is the same for all systems of a comparison.
 *
 * @param events that are counted; half as many go before them, in which code becomes warm
 * @param keys how many URLs there are
 * @param parallelism threads that do the work
 * @param intervalMillis between two checkpoints or batches
 */
record Setting(long events, int keys, int parallelism, long intervalMillis) {

  static final int LATENESS_SECONDS = 1;

  private static final int LEAST_PARTITIONS = 4;

  long warmUp() {
    return events / 2;
  }

  long all() {
    return warmUp() + events;
  }

  int partitions() {
    return Math.max(LEAST_PARTITIONS, parallelism);
  }

  PipelineTask task(Topics topics, int windowSeconds, Path folder) {
    return new PipelineTask(
        topics.servers(),
        topics.input(),
        topics.output(),
        windowSeconds,
        LATENESS_SECONDS,
        intervalMillis,
        parallelism,
        folder);
  }
}
