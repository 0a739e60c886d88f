package io.weir.operators.routing;

import io.weir.operators.routing.output.RouteOperator;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Puts routes into streams, in place of {@code rebalance()}. */
public final class Routing {

  private Routing() {}

  /**
   * Sends the stream to the subtasks of whatever reads the result, by the table in force. Several
   * readers each have a route of their own by the same table.
   *
   * <p>Records of one key do not stay together: partition the result by key before keyed state.
   * Partitioning it in any other way undoes the route, which the job refuses when it starts.
   */
  public static <T> DataStream<T> route(DataStream<T> stream, RoutingSettings settings) {
    SingleOutputStreamOperator<T> holder =
        settings
            .epochs()
            .transform(
                stream,
                "route",
                stream.getType(),
                new RoutingOperator<T>(settings.type(), settings.uid()))
            .uid(settings.uid());
    // Without the same parallelism there would be no chain, and a second shuffle.
    if (stream.getTransformation().isParallelismConfigured()) {
      holder.setParallelism(stream.getParallelism());
    }
    return RouteOperator.behind(holder, new RoutingPartitioner<>(settings.uid()));
  }
}
