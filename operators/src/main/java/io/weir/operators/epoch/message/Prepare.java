package io.weir.operators.epoch.message;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/**
 * To a subtask: behind the barrier of a checkpoint, a version is in force. The barrier is held back
 * until every subtask has answered.
 *
 * @param checkpoint whose barrier it is
 * @param round counts the decisions about this checkpoint: a version that is refused makes another
 * @param document the version, null if the subtask keeps the one that it has
 */
public record Prepare(long checkpoint, int round, @Nullable Document document)
    implements OperatorEvent {

  // A subtask that has finished gets no barrier either.
  @Override
  public boolean isLossTolerant() {
    return true;
  }
}
