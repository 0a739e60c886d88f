package io.weir.operators.epoch.message;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * To a subtask: a checkpoint was aborted; did its barrier come? Whoever says no will not switch at
 * it any more.
 */
public record Inquire(long checkpoint) implements OperatorEvent {

  @Override
  public boolean isLossTolerant() {
    return true;
  }
}
