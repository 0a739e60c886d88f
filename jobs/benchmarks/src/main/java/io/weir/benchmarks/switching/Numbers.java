package io.weir.benchmarks.switching;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The records of all jobs: as fast as they are taken, and never at an end. */
final class Numbers {

  /** Of every operator. */
  static final int PARALLELISM = 2;

  /** The configured ones of a job: two operators. */
  static final int SUBTASKS = 2 * PARALLELISM;

  private Numbers() {}

  static DataStream<Long> into(StreamExecutionEnvironment env) {
    env.setParallelism(PARALLELISM);
    return env.fromSource(
            new NumberSequenceSource(0, Counting.LAST_NUMBER),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers");
  }
}
