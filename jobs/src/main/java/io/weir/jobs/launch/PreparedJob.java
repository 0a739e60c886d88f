package io.weir.jobs.launch;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job whose settings are known to be right. */
@FunctionalInterface
public interface PreparedJob {

  /** Builds the job's graph, from its sources to its sinks; runs nothing. */
  void define(StreamExecutionEnvironment env);
}
