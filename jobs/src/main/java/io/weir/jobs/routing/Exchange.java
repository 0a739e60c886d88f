package io.weir.jobs.routing;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.routing.Routing;
import io.weir.operators.routing.RoutingSettings;
import io.weir.operators.routing.split.KeyHash;
import io.weir.operators.routing.split.KeySplitting;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What decides on the receiver of a row behind the gate. */
public enum Exchange {
  /** Nothing: rows stay in the task that reads them. */
  NONE,
  /** A strategy, and the weights of the receivers. */
  ROW,
  /** The row's group: it has one receiver, or two where keys are split. */
  GROUP;

  /**
   * Refuses rules that are not for this exchange, or cannot be used.
   *
   * @throws InvalidConfigurationException in words for users
   */
  public void check(RoutingRules rules) throws InvalidConfigurationException {
    Optional<String> mistake = mistake(rules);
    if (mistake.isPresent()) {
      throw new InvalidConfigurationException("routing: " + mistake.get());
    }
  }

  Optional<String> mistake(RoutingRules rules) {
    if (this == NONE) {
      return rules.equals(RoutingRules.NONE)
          ? Optional.empty()
          : Optional.of(
              "there is no exchange to be routed; the job's settings make one by routing: {by: row}"
                  + " or {by: group}");
    }
    if (this == GROUP) {
      return rules.saysStrategy()
          ? Optional.of("strategy, weights and draws are for by: row; the settings say by: group")
          : Optional.empty();
    }
    return rules.splitKeys() != null
        ? Optional.of("split-keys is for by: group; the settings say by: row")
        : mistakeInTable(rules);
  }

  private static Optional<String> mistakeInTable(RoutingRules rules) {
    try {
      var unused = rules.table();
      return Optional.empty();
    } catch (InvalidConfigurationException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Puts the exchange behind rows.
   *
   * @param rows straight from the gate
   * @param group tells groups apart
   * @param type what the job's documents say of it
   * @param uid the operators' uids are this and {@code -end} and {@code -route}
   */
  public <T> DataStream<T> behind(
      DataStream<T> rows,
      KeyHash<T> group,
      Epochs epochs,
      ConfigurationType<RoutingRules> type,
      String uid) {
    String route = uid + "-route";
    return switch (this) {
      case NONE -> rows;
      case ROW ->
          Routing.route(
              EndsIdle.behind(rows, uid + "-end"),
              new RoutingSettings(epochs, new TableType(type), route));
      case GROUP ->
          KeySplitting.route(
              EndsIdle.behind(rows, uid + "-end"), group, epochs, new SplitType(type), route);
    };
  }
}
