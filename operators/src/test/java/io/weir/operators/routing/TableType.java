package io.weir.operators.routing;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Documents of the tests: {@code weighted-random 1 2 3}. */
enum TableType implements ConfigurationType<RoutingTable> {
  INSTANCE;

  static String document(Strategy strategy, List<Integer> weights) {
    return strategy.label()
        + weights.stream().map(weight -> " " + weight).collect(Collectors.joining());
  }

  @Override
  public String schema() {
    return "{\"type\": \"string\"}";
  }

  @Override
  public RoutingTable decode(String document) throws InvalidConfigurationException {
    List<String> words = Arrays.asList(document.split(" ", -1));
    return RoutingTable.of(
        words.get(0),
        words.stream().skip(1).map(Integer::valueOf).toList(),
        RoutingTable.DEFAULT_DRAWS);
  }
}
