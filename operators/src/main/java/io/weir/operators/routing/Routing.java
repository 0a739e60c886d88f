package io.weir.operators.routing;

import org.apache.flink.streaming.api.datastream.DataStream;

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
    return new RoutingOperator<T>(settings.type(), settings.uid())
        .attach(stream, settings.epochs(), "route", new RoutingPartitioner<>(settings.uid()));
  }
}
