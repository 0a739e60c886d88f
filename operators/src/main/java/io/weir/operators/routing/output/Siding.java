package io.weir.operators.routing.output;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.util.OutputTag;

/**
 * Where the operator of a route stands. Where operators of a chain hand records over as they are,
 * it stands in the way of the records, as the last of the chain.
 *
 * <p>Where each operator gets a copy (Flink's default, {@code pipeline.object-reuse: false}) it
 * stands beside the way, on an output of the senders' last operator that never has a record: it is
 * of the same chain, and so comes to know of barriers in the same moment, and nothing is copied for
 * it. That takes one operator to stand beside, so not where chaining is switched off or the stream
 * is a union.
 *
 * @param env of the job
 * @param senders what the stream comes from; of several partitions of a stream the last counts
 * @param isBeside whether records go past the operator
 */
record Siding<T>(StreamExecutionEnvironment env, Transformation<T> senders, boolean isBeside) {

  static <T> Siding<T> of(DataStream<T> stream) {
    StreamExecutionEnvironment env = stream.getExecutionEnvironment();
    Transformation<T> senders = unpartitioned(stream.getTransformation());
    boolean isCopied = !env.getConfig().isObjectReuseEnabled();
    return new Siding<>(
        env, senders, isCopied && env.isChainingEnabled() && isOneOperators(senders));
  }

  @SuppressWarnings("unchecked") // A partition has its input's type.
  private static <T> Transformation<T> unpartitioned(Transformation<T> stream) {
    Transformation<T> senders = stream;
    while (senders instanceof PartitionTransformation) {
      senders = (Transformation<T>) senders.getInputs().get(0);
    }
    return senders;
  }

  private static boolean isOneOperators(Transformation<?> senders) {
    return senders instanceof PhysicalTransformation
        || (senders instanceof SideOutputTransformation
            && senders.getInputs().get(0) instanceof PhysicalTransformation);
  }

  /** What the operator reads. */
  DataStream<T> signals(String route) {
    return new DataStream<>(
        env,
        isBeside
            ? new SideOutputTransformation<>(
                senders, new OutputTag<>("signals of " + route, senders.getOutputType()))
            : senders);
  }

  /** Leads the records to the partitioner. */
  DataStream<T> lead(Transformation<T> operator, RoutePartitioner<T> partitioner) {
    return new DataStream<>(
        env, new PartitionTransformation<>(isBeside ? senders : operator, partitioner));
  }
}
