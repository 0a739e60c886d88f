package io.weir.operators.routing;

import io.weir.operators.epoch.InvalidConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a route chooses among the receivers whose weight is above 0. */
public enum Strategy {
  /** Any, with the same probability. */
  RANDOM,
  /** Any, with the probability of its weight. */
  WEIGHTED_RANDOM,
  /** One after the other. */
  ROUND_ROBIN,
  /** In turn, each as often as its weight says, evenly spread. */
  WEIGHTED_ROUND_ROBIN,
  /** The one with the fewest queued buffers among some that are drawn by weight. */
  LEAST_BACKLOG;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in configurations: {@code weighted-round-robin}. */
  public String label() {
    return label;
  }

  /**
   * Finds a strategy by its name in configurations.
   *
   * @throws InvalidConfigurationException if there is none; it lists those that there are
   */
  public static Strategy of(String label) throws InvalidConfigurationException {
    for (Strategy strategy : values()) {
      if (strategy.label.equals(label)) {
        return strategy;
      }
    }
    throw new InvalidConfigurationException(
        "no routing strategy '%s'; there are %s"
            .formatted(
                label,
                Arrays.stream(values()).map(Strategy::label).collect(Collectors.joining(", "))));
  }
}
