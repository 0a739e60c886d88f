package io.weir.operators.epoch.faults;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.Stamped;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Holds rows until a barrier, in front of which they go to the next operator of the chain. */
// Flink calls join and open before anything else.
@SuppressWarnings("NullAway.Init")
final class HoldingOperator extends AbstractStreamOperator<Stamped>
    implements OneInputStreamOperator<Stamped, Stamped>,
        BoundedOneInput,
        EpochOperator,
        Configured<Factor> {

  /** No version: a row that was held or passed on under another one than it came under. */
  static final long ANOTHER = -2;

  private static final long serialVersionUID = 1;

  private transient EpochSwitch epochs;
  private transient List<Stamped> held;
  private transient long version;

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public ConfigurationType<Factor> configurationType() {
    return Factor.Type.INSTANCE;
  }

  @Override
  public void configure(VersionedConfiguration<Factor> configuration) {
    version = configuration.version();
  }

  @Override
  public void open() throws Exception {
    super.open();
    held = new ArrayList<>();
    epochs.open(this);
  }

  @Override
  public void processElement(StreamRecord<Stamped> element) {
    held.add(element.getValue());
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    passOn();
    epochs.switchAt(checkpoint);
  }

  @Override
  public void endInput() {
    passOn();
  }

  private void passOn() {
    for (Stamped row : held) {
      output.collect(new StreamRecord<>(under(version, row)));
    }
    held.clear();
  }

  /** The row, if it came under this version. */
  static Stamped under(long version, Stamped row) {
    return row.first() == version ? row : new Stamped(row.id(), ANOTHER, Stamped.NONE, row.value());
  }
}
