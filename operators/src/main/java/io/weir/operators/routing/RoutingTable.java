package io.weir.operators.routing;

import io.weir.operators.epoch.InvalidConfigurationException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What a configuration says about a route.
 *
 * @param strategy how receivers are chosen
 * @param weights the weight of each receiver, from subtask 0 on, 0 to 1,000; 0 drains it: it gets
 *     no more records. The strategies that are not weighted heed only whether it is 0. Empty: all
 *     receivers alike
 * @param draws how many receivers {@code least-backlog} compares, 1 to 16
 */
public record RoutingTable(Strategy strategy, List<Integer> weights, int draws)
    implements Serializable {

  public static final int DEFAULT_DRAWS = 2;
  private static final int MAX_DRAWS = 16;
  private static final int MAX_WEIGHT = 1_000;

  public RoutingTable {
    weights = List.copyOf(weights);
    for (int subtask = 0; subtask < weights.size(); subtask++) {
      int weight = weights.get(subtask);
      if (weight < 0 || weight > MAX_WEIGHT) {
        throw new IllegalArgumentException(
            "the weight of receiver %d is %d; 0 to %d is allowed"
                .formatted(subtask, weight, MAX_WEIGHT));
      }
    }
    if (!weights.isEmpty() && weights.stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(
          "all weights are 0, so no receiver is left; one at least must be above 0");
    }
    if (draws < 1 || draws > MAX_DRAWS) {
      throw new IllegalArgumentException(
          "least-backlog with %d draws; 1 to %d is allowed".formatted(draws, MAX_DRAWS));
    }
  }

  /** All receivers alike. */
  public static RoutingTable even(Strategy strategy) {
    return new RoutingTable(strategy, List.of(), DEFAULT_DRAWS);
  }

  /** Receivers of different weight. */
  public static RoutingTable weighted(Strategy strategy, Integer... weights) {
    return new RoutingTable(strategy, List.of(weights), DEFAULT_DRAWS);
  }

  /**
   * A table as a document spells it.
   *
   * @throws InvalidConfigurationException in words for users
   */
  public static RoutingTable of(String strategy, List<Integer> weights, int draws)
      throws InvalidConfigurationException {
    Strategy found = Strategy.of(strategy);
    try {
      return new RoutingTable(found, weights, draws);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Refuses weights that are not those of so many receivers.
   *
   * @throws InvalidConfigurationException in words for users
   */
  void check(int receivers) throws InvalidConfigurationException {
    if (weights.isEmpty() || weights.size() == receivers) {
      return;
    }
    String mistake =
        weights.size() > receivers
            ? "there is no receiver %d to have a weight".formatted(receivers)
            : "receiver %d has no weight".formatted(weights.size());
    throw new InvalidConfigurationException(
        "%s: %d weights for %d receivers, 0 to %d; give each a weight, or none"
            .formatted(mistake, weights.size(), receivers, receivers - 1));
  }

  /**
   * The weights of so many receivers. Where the table was made for fewer, the others get the mean
   * of those that are open; where it was made for more, the last ones count for nothing, and if
   * none that is left is open, all are alike.
   */
  int[] fitted(int receivers) {
    int[] fitted = new int[receivers];
    for (int subtask = 0; subtask < receivers; subtask++) {
      fitted[subtask] = subtask < weights.size() ? weights.get(subtask) : meanOfOpen();
    }
    if (Arrays.stream(fitted).allMatch(weight -> weight == 0)) {
      Arrays.fill(fitted, 1);
    }
    return fitted;
  }

  private int meanOfOpen() {
    return (int)
        Math.round(
            weights.stream().mapToInt(weight -> weight).filter(w -> w > 0).average().orElse(1));
  }
}
