package io.weir.operators.routing.output;

import io.weir.operators.routing.select.Backlog;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.io.network.api.writer.ResultPartitionWriter;
import org.apache.flink.runtime.io.network.partition.ResultPartition;
import org.apache.flink.streaming.api.graph.NonChainedOutput;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/** Finds the outputs of a task that a route leaves by. */
final class RouteOutputs {

  private RouteOutputs() {}

  /**
   * Brings together the partitioners that wait in the {@link Handover} and the queues behind them.
   *
   * @throws IllegalStateException if there are none: somebody has partitioned the stream again
   */
  static List<RouteOutput> of(String route, StreamTask<?, ?> task) {
    List<RoutePartitioner<?>> partitioners = Handover.take(route);
    List<ResultPartitionWriter> writers = writers(route, task);
    if (partitioners.isEmpty() || partitioners.size() != writers.size()) {
      throw new IllegalStateException(
          "route %s has %d partitioners and %d outputs; is its stream partitioned again, or the chaining of its senders disabled?"
              .formatted(route, partitioners.size(), writers.size()));
    }
    int sender = task.getEnvironment().getTaskInfo().getIndexOfThisSubtask();
    List<RouteOutput> outputs = new ArrayList<>();
    for (int i = 0; i < writers.size(); i++) {
      long seed = 31L * (31L * route.hashCode() + sender) + i;
      outputs.add(new RouteOutput(partitioners.get(i), backlog(writers.get(i)), seed));
    }
    return outputs;
  }

  // A task's writers are in the order of its outputs, and so are the partitioners.
  private static List<ResultPartitionWriter> writers(String route, StreamTask<?, ?> task) {
    Environment environment = task.getEnvironment();
    List<NonChainedOutput> outputs =
        task.getConfiguration()
            .getVertexNonChainedOutputs(environment.getUserCodeClassLoader().asClassLoader());
    List<ResultPartitionWriter> writers = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).getPartitioner() instanceof RoutePartitioner<?> partitioner
          && partitioner.route().equals(route)) {
        writers.add(environment.getWriter(i));
      }
    }
    return writers;
  }

  private static Backlog backlog(ResultPartitionWriter writer) {
    if (writer instanceof ResultPartition partition) {
      return partition::getNumberOfQueuedBuffers;
    }
    throw new IllegalStateException("no queues to be read in a " + writer.getClass().getName());
  }
}
