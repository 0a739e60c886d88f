package io.weir.benchmarks.switching;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** One of the two operators of the configured job. */
// Flink calls join before anything else, and configure before the first record.
@SuppressWarnings("NullAway.Init")
final class Stage extends AbstractStreamOperator<Long>
    implements OneInputStreamOperator<Long, Long>, EpochOperator, Configured<Weight> {

  private static final long serialVersionUID = 1;

  private final Counting counting;
  private transient EpochSwitch epochs;
  private transient long version;

  Stage(Counting counting) {
    this.counting = counting;
  }

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public ConfigurationType<Weight> configurationType() {
    return Weight.Type.INSTANCE;
  }

  @Override
  public void configure(VersionedConfiguration<Weight> configuration) {
    version = configuration.version();
    Board.under(version);
  }

  @Override
  public void open() throws Exception {
    super.open();
    epochs.open(this);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    epochs.switchAt(checkpoint);
  }

  @Override
  public void processElement(StreamRecord<Long> element) {
    output.collect(element.replace(counting.apply(element.getValue(), version)));
  }
}
