package io.weir.operators.routing;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Holds the table in force for the partitioners of its own task. It is the last of its chain: what
 * the operators in front of it emit before a barrier still goes by the old table.
 *
 * <p>A table that does not fit the number of receivers is refused while the job runs. At a start it
 * is fitted: the number may have changed since the table was agreed, and a job that could not start
 * would have no configuration to be changed.
 */
// Flink calls join and open before anything else.
@SuppressWarnings("NullAway.Init")
final class RoutingOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T>, EpochOperator, Configured<RoutingTable> {

  private static final long serialVersionUID = 1;

  private final ConfigurationType<RoutingTable> type;
  private final String route;

  private transient EpochSwitch epochs;
  private transient List<Exit> exits;
  private transient boolean started;

  RoutingOperator(ConfigurationType<RoutingTable> type, String route) {
    this.type = type;
    this.route = route;
  }

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public void open() throws Exception {
    super.open();
    exits = Exits.of(route, getContainingTask());
    epochs.open(this);
    started = true;
    RoutingMetrics.register(exits, getMetricGroup());
  }

  @Override
  public ConfigurationType<RoutingTable> configurationType() {
    return type;
  }

  @Override
  public void check(RoutingTable table) throws InvalidConfigurationException {
    for (Exit exit : exits) {
      try {
        table.check(exit.channels());
      } catch (InvalidConfigurationException e) {
        if (started) {
          throw new InvalidConfigurationException("route " + route + ": " + e.getMessage(), e);
        }
        LOG.warn("route {} begins with a table that had to be fitted: {}", route, e.getMessage());
      }
    }
  }

  @Override
  public void configure(VersionedConfiguration<RoutingTable> configuration) {
    exits.forEach(exit -> exit.use(configuration.value()));
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    output.collect(element);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    epochs.switchAt(checkpoint);
  }
}
