package io.weir.operators.epoch;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Builds a job's graph. */
@FunctionalInterface
interface Topology {
  void define(StreamExecutionEnvironment env);
}
