package io.weir.benchmarks.routing;

import io.weir.operators.routing.Routing;
import io.weir.operators.routing.RoutingSettings;
import io.weir.operators.routing.RoutingTable;
import io.weir.operators.routing.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A way from senders to receivers: Flink's, or one of ours. */
interface Way {

  /** The name in results. */
  String name();

  <T> DataStream<T> lead(DataStream<T> stream);

  /** What Flink does by itself, which all are compared with. */
  record Rebalance(String name) implements Way {
    @Override
    public <T> DataStream<T> lead(DataStream<T> stream) {
      return stream.rebalance();
    }
  }

  /** Any receiver, by Flink. */
  record Shuffle() implements Way {
    @Override
    public String name() {
      return "shuffle";
    }

    @Override
    public <T> DataStream<T> lead(DataStream<T> stream) {
      return stream.shuffle();
    }
  }

  /** One of our strategies, with the weights of the receivers. */
  record Route(Strategy strategy, List<Integer> weights) implements Way {
    @Override
    public String name() {
      return strategy.label();
    }

    @Override
    public <T> DataStream<T> lead(DataStream<T> stream) {
      RoutingTable table = new RoutingTable(strategy, weights, RoutingTable.DEFAULT_DRAWS);
      return Routing.route(
          stream, RoutingSettings.fixed(stream.getExecutionEnvironment(), table, "route"));
    }
  }

  /** All ways; the weighted ones know the weights, and the others take all receivers alike. */
  static List<Way> all(List<Integer> weights) {
    List<Way> ways = new ArrayList<>(List.of(new Rebalance("rebalance"), new Shuffle()));
    Arrays.stream(Strategy.values())
        .forEach(
            strategy -> ways.add(new Route(strategy, isWeighted(strategy) ? weights : List.of())));
    return ways;
  }

  /** The way of a name. */
  static Way of(String name, List<Integer> weights) {
    return all(weights).stream().filter(way -> way.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean isWeighted(Strategy strategy) {
    return strategy == Strategy.WEIGHTED_RANDOM || strategy == Strategy.WEIGHTED_ROUND_ROBIN;
  }
}
