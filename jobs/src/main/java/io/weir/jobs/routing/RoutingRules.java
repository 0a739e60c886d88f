package io.weir.jobs.routing;

import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.routing.RoutingTable;
import io.weir.operators.routing.Strategy;
import io.weir.operators.routing.split.KeySplit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of an exchange:
 *
 * <pre>
 * routing: {strategy: weighted-round-robin, weights: [1, 4, 4, 4]}   # by row
 * routing: {split-keys: true}                                        # by group
 * </pre>
 *
 * <p>By row, without a strategy, receivers take turns; by group, keys are whole unless they are
 * said to be split.
 *
 * @param strategy the name of one of {@link Strategy}; null: none is said
 * @param weights as {@link RoutingTable} has them
 * @param draws as {@link RoutingTable} has them; null: not said
 * @param splitKeys whether a group goes to one of two receivers; null: not said
 */
public record RoutingRules(
    @Nullable String strategy,
    List<Integer> weights,
    @Nullable Integer draws,
    @Nullable Boolean splitKeys)
    implements Serializable {

  /** Nothing is said. */
  public static final RoutingRules NONE = new RoutingRules(null, List.of(), null, null);

  private static final Set<String> KEYS = Set.of("strategy", "weights", "draws", "split-keys");

  public RoutingRules {
    weights = List.copyOf(weights);
  }

  /**
   * Reads what stands below {@code routing} in a document.
   *
   * @param routing as a YAML parser has it; null: nothing
   * @throws InvalidConfigurationException in words for users
   */
  public static RoutingRules read(@Nullable Object routing) throws InvalidConfigurationException {
    if (routing == null) {
      return NONE;
    }
    if (!(routing instanceof Map<?, ?> rules)
        || !rules.keySet().stream().map(String::valueOf).allMatch(KEYS::contains)) {
      throw new InvalidConfigurationException(
          "routing: must be a mapping of strategy, weights, draws and split-keys");
    }
    return new RoutingRules(
        value(rules, "strategy", String.class, "a name"),
        weights(rules.get("weights")),
        value(rules, "draws", Integer.class, "a whole number"),
        value(rules, "split-keys", Boolean.class, "true or false"));
  }

  private static <V> @Nullable V value(Map<?, ?> rules, String key, Class<V> type, String allowed)
      throws InvalidConfigurationException {
    Object value = rules.get(key);
    if (value == null || type.isInstance(value)) {
      return type.cast(value);
    }
    throw new InvalidConfigurationException(
        "routing.%s: must be %s, not %s".formatted(key, allowed, value));
  }

  private static List<Integer> weights(@Nullable Object weights)
      throws InvalidConfigurationException {
    if (weights == null) {
      return List.of();
    }
    if (weights instanceof List<?> list && list.stream().allMatch(Integer.class::isInstance)) {
      return list.stream().map(Integer.class::cast).toList();
    }
    throw new InvalidConfigurationException(
        "routing.weights: must be a list of whole numbers, one for each receiver, not " + weights);
  }

  /**
   * The table by row.
   *
   * @throws InvalidConfigurationException in words for users
   */
  RoutingTable table() throws InvalidConfigurationException {
    if (strategy == null && (!weights.isEmpty() || draws != null)) {
      throw new InvalidConfigurationException(
          "weights and draws go with a strategy, and none is given");
    }
    return RoutingTable.of(
        strategy == null ? Strategy.ROUND_ROBIN.label() : strategy,
        weights,
        draws == null ? RoutingTable.DEFAULT_DRAWS : draws);
  }

  /** By group: whether keys are split. */
  KeySplit split() {
    return new KeySplit(Boolean.TRUE.equals(splitKeys));
  }

  boolean saysStrategy() {
    return strategy != null || !weights.isEmpty() || draws != null;
  }

  /** A member of a JSON object, or nothing where nothing is said. */
  public String json() {
    List<String> members = new ArrayList<>();
    if (strategy != null) {
      // Names of strategies have nothing to be escaped: others are refused before.
      members.add("\"strategy\": \"" + strategy + "\"");
    }
    if (!weights.isEmpty()) {
      members.add("\"weights\": " + weights);
    }
    if (draws != null) {
      members.add("\"draws\": " + draws);
    }
    if (splitKeys != null) {
      members.add("\"split-keys\": " + splitKeys);
    }
    return members.isEmpty() ? "" : "\"routing\": {" + String.join(", ", members) + "}";
  }
}
