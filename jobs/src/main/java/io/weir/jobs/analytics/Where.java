package io.weir.jobs.analytics;

import io.weir.jobs.expressions.RowPredicate;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.epoch.stamp.Stamping;
import io.weir.operators.epoch.stamp.Stamps;
import io.weir.operators.row.Row;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rows through that {@code where} is true for, row by row under the version in force;
 * counts the others as {@code dropped}.
 */
// Flink calls join and open before anything else.
@SuppressWarnings("NullAway.Init")
final class Where extends AbstractStreamOperator<Row>
    implements OneInputStreamOperator<Row, Row>,
        EpochOperator,
        Stamping,
        Configured<Optional<RowPredicate>> {

  private static final long serialVersionUID = 1;

  private final WhereType type;
  private final int recordColumn;
  private transient EpochSwitch epochs;
  private transient Stamps stamps;
  private transient long version;
  private transient Counter dropped;
  private transient @Nullable RowPredicate condition;

  Where(WhereType type) {
    this.type = type;
    recordColumn = type.columns().record();
  }

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public ConfigurationType<Optional<RowPredicate>> configurationType() {
    return type;
  }

  @Override
  public void configure(VersionedConfiguration<Optional<RowPredicate>> configuration) {
    version = configuration.version();
    condition = configuration.value().orElse(null);
  }

  @Override
  public void stampWith(Stamps given) {
    stamps = given;
  }

  @Override
  public void open() throws Exception {
    super.open();
    dropped = getMetricGroup().counter("dropped");
    epochs.open(this);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    epochs.switchAt(checkpoint);
  }

  @Override
  public void processElement(StreamRecord<Row> element) {
    if (recordColumn >= 0) {
      stamps.stamp(element.getValue().textAt(recordColumn), version);
    }
    if (condition == null || condition.test(element.getValue())) {
      output.collect(element);
    } else {
      dropped.inc();
    }
  }
}
