package io.weir.operators.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** Where the operator of a route stands. */
class RoutingTest {

  @Test
  void leadsRecordsThroughItsOperatorWhereThatCopiesNothing() {
    StreamExecutionEnvironment env = environment(true);

    StreamNode route = routed(env, env.fromSequence(1, 10));

    assertThat(route.getOutEdges()).hasSize(1);
    assertThat(route.getInEdges()).allMatch(edge -> edge.getOutputTag() == null);
  }

  @Test
  void leadsRecordsPastItsOperatorWhereThatWouldCopyThem() {
    StreamExecutionEnvironment env = environment(false);

    StreamNode route = routed(env, env.fromSequence(1, 10));

    assertThat(route.getOutEdges()).isEmpty();
    assertThat(route.getInEdges()).singleElement().matches(edge -> edge.getOutputTag() != null);
  }

  @Test
  void leadsRecordsOfAUnionThroughItsOperator() {
    StreamExecutionEnvironment env = environment(false);

    StreamNode route = routed(env, env.fromSequence(1, 10).union(env.fromSequence(1, 10)));

    assertThat(route.getOutEdges()).hasSize(1);
  }

  private static StreamExecutionEnvironment environment(boolean reuse) {
    return StreamExecutionEnvironment.getExecutionEnvironment(
        new Configuration().set(PipelineOptions.OBJECT_REUSE, reuse));
  }

  private static StreamNode routed(StreamExecutionEnvironment env, DataStream<Long> numbers) {
    RoutingSettings settings =
        RoutingSettings.fixed(env, RoutingTable.even(Strategy.RANDOM), "to-sinks");
    Routing.route(numbers, settings).sinkTo(new DiscardingSink<>());
    List<StreamNode> named =
        env.getStreamGraph().getStreamNodes().stream()
            .filter(node -> node.getOperatorName().equals("route"))
            .toList();
    assertThat(named).hasSize(1);
    return named.get(0);
  }
}
