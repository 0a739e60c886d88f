package io.weir.operators.epoch.operator;

import io.weir.operators.epoch.Configured;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/** Runs a keyed process function, and hands it the configuration. */
// Flink calls join before anything else.
@SuppressWarnings("NullAway.Init")
final class ConfiguredKeyedProcessOperator<K, IN, OUT> extends KeyedProcessOperator<K, IN, OUT>
    implements EpochOperator {

  private static final long serialVersionUID = 1;

  private transient EpochSwitch epochs;

  ConfiguredKeyedProcessOperator(KeyedProcessFunction<K, IN, OUT> function) {
    super(function);
  }

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public void open() throws Exception {
    super.open();
    epochs.open((Configured<?>) userFunction);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    epochs.switchAt(checkpoint);
  }
}
