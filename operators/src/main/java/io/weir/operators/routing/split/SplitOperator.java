package io.weir.operators.routing.split;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.routing.output.RouteMetrics;
import io.weir.operators.routing.output.RouteOperator;
import io.weir.operators.routing.output.RouteOutput;
import java.util.List;
import org.apache.flink.metrics.Gauge;

/**
 * Tells the partitioners of its task whether keys are split. Shows, beside what {@link
 * RouteMetrics} does, {@code splits}: records that did not go to their key's first receiver.
 */
// Flink calls open before anything else.
@SuppressWarnings("NullAway.Init")
final class SplitOperator<T> extends RouteOperator<T, KeySplit> {

  private static final long serialVersionUID = 1;

  private transient List<SplitPartitioner<?>> partitioners;

  SplitOperator(ConfigurationType<KeySplit> type, String route) {
    super(type, route);
  }

  @Override
  protected void begin(List<RouteOutput> outputs) {
    partitioners =
        outputs.stream()
            .<SplitPartitioner<?>>map(output -> (SplitPartitioner<?>) output.partitioner())
            .toList();
  }

  @Override
  protected void started() {
    RouteMetrics.forEach(
        partitioners,
        getMetricGroup(),
        (group, i) -> group.gauge("splits", (Gauge<Long>) () -> partitioners.get(i).splits()));
  }

  @Override
  public void configure(VersionedConfiguration<KeySplit> configuration) {
    partitioners.forEach(partitioner -> partitioner.use(configuration.value()));
  }
}
