package io.weir.jobs.launch;

import io.weir.jobs.live.OwnStore;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job whose settings are known to be right. */
@FunctionalInterface
public interface PreparedJob {

  /** Builds the job's graph, from its sources to its sinks; runs nothing. */
  void define(StreamExecutionEnvironment env);

  /**
   * What a bounded run has to say when it has ended, a line for standard output.
   *
   * @param accumulators of the job, by their names
   */
  default Optional<String> result(Map<String, Object> accumulators) {
    return Optional.empty();
  }

  /** The store of its own that must run before the job does, if its settings want one. */
  default Optional<OwnStore> ownStore() {
    return Optional.empty();
  }
}
