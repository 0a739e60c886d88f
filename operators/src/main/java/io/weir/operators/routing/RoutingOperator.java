package io.weir.operators.routing;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.routing.output.RouteMetrics;
import io.weir.operators.routing.output.RouteOperator;
import io.weir.operators.routing.output.RouteOutput;
import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Holds the table in force for the partitioners of its own task.
 *
 * <p>A table that does not fit the number of receivers is refused while the job runs. At a start it
 * is fitted: the number may have changed since the table was agreed, and a job that could not start
 * would have no configuration to be changed.
 *
 * <p>Shows of each channel, beside what {@link RouteMetrics} does, its {@code share} of the records
 * under the present table, and its {@code weight}.
 */
// Flink calls open before anything else.
@SuppressWarnings("NullAway.Init")
final class RoutingOperator<T> extends RouteOperator<T, RoutingTable> {

  private static final long serialVersionUID = 1;

  private transient List<Exit> exits;
  private transient boolean running;

  RoutingOperator(ConfigurationType<RoutingTable> type, String route) {
    super(type, route);
  }

  @Override
  protected void begin(List<RouteOutput> outputs) {
    exits = outputs.stream().map(Exit::new).toList();
  }

  @Override
  protected void started() {
    running = true;
    RouteMetrics.forEach(exits, getMetricGroup(), (group, i) -> register(exits.get(i), group));
  }

  private static void register(Exit exit, MetricGroup group) {
    RouteMetrics.forEachChannel(
        exit.channels(),
        group,
        (channel, n) -> {
          channel.gauge("share", (Gauge<Double>) () -> exit.share(n));
          channel.gauge("weight", (Gauge<Integer>) () -> exit.weight(n));
        });
  }

  @Override
  public void check(RoutingTable table) throws InvalidConfigurationException {
    for (Exit exit : exits) {
      try {
        table.check(exit.channels());
      } catch (InvalidConfigurationException e) {
        if (running) {
          throw new InvalidConfigurationException("route " + route() + ": " + e.getMessage(), e);
        }
        LOG.warn("route {} begins with a table that had to be fitted: {}", route(), e.getMessage());
      }
    }
  }

  @Override
  public void configure(VersionedConfiguration<RoutingTable> configuration) {
    exits.forEach(exit -> exit.use(configuration.value()));
  }
}
