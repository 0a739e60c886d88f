package io.weir.operators.epoch.operator;

import io.weir.operators.epoch.Configured;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;

/** Runs a process function of two inputs, and hands it the configuration. */
// Flink calls join before anything else.
@SuppressWarnings("NullAway.Init")
final class ConfiguredCoProcessOperator<A, B, OUT> extends CoProcessOperator<A, B, OUT>
    implements EpochOperator {

  private static final long serialVersionUID = 1;

  private transient EpochSwitch epochs;

  ConfiguredCoProcessOperator(CoProcessFunction<A, B, OUT> function) {
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
