package io.weir.operators.routing;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.operator.Epochs;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A route of a job.
 *
 * @param epochs the job's live configuration
 * @param type what the job's documents say about this route
 * @param uid of the operator that holds the table, and the route's name in errors and metrics; no
 *     other route of the job has the same
 */
public record RoutingSettings(Epochs epochs, ConfigurationType<RoutingTable> type, String uid) {

  /** A route whose table never changes. */
  public static RoutingSettings fixed(
      StreamExecutionEnvironment env, RoutingTable table, String uid) {
    return new RoutingSettings(
        Epochs.of(env, EpochSettings.fixed(uid, "")), new FixedTable(table), uid);
  }

  /** Means the same table by every document. */
  private record FixedTable(RoutingTable table) implements ConfigurationType<RoutingTable> {

    @Override
    public String schema() {
      return "true";
    }

    @Override
    public RoutingTable decode(String document) {
      return table;
    }
  }
}
