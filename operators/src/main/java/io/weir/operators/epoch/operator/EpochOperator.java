package io.weir.operators.epoch.operator;

/** An operator that takes part in switches. */
public interface EpochOperator {

  /** Gives the operator its switch, after Flink has set it up and before it opens. */
  void join(EpochSwitch epochs);
}
