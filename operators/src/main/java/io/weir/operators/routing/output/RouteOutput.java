package io.weir.operators.routing.output;

import io.weir.operators.routing.select.Backlog;

/**
 * One output of a task that a route leaves by.
 *
 * @param partitioner chooses its channels
 * @param backlog what waits in them
 * @param seed for random choices; differs by route, sender and output, and is the same whenever the
 *     job is run
 */
public record RouteOutput(RoutePartitioner<?> partitioner, Backlog backlog, long seed) {

  public int channels() {
    return partitioner.channels();
  }
}
