package io.weir.benchmarks.switching;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One of two operators with a shuffle between them. The first writes its version into the records,
 * the second compares it with its own.
 */
// Flink calls join before anything else, and configure before the first record.
@SuppressWarnings("NullAway.Init")
final class Stage extends AbstractStreamOperator<Long>
    implements OneInputStreamOperator<Long, Long>, EpochOperator, Configured<Weight> {

  private static final long serialVersionUID = 1;
  private static final int BATCH = 1024;
  private static final long VERSION_BITS = 20;

  private final boolean first;
  // How long one subtask stands still after each batch, for back-pressure.
  private final long pauseNanos;
  private transient EpochSwitch epochs;
  private transient long version;
  private transient int counted;

  Stage(boolean first, long pauseNanos) {
    this.first = first;
    this.pauseNanos = pauseNanos;
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
    if (first) {
      element.replace(element.getValue() << VERSION_BITS | version);
    } else {
      compare(element.getValue() & ((1L << VERSION_BITS) - 1));
    }
    output.collect(element);
  }

  private void compare(long stamp) {
    if (stamp != version) {
      Board.mixed();
    }
    if (++counted == BATCH) {
      Board.counted(counted);
      counted = 0;
      if (pauseNanos > 0) {
        LockSupport.parkNanos(pauseNanos);
      }
    }
  }
}
