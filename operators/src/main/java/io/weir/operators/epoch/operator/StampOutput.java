package io.weir.operators.epoch.operator;

import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.epoch.stamp.Stamps;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends the stamps of one subtask to the side, ahead of the barrier that ends their epoch. */
final class StampOutput implements Stamps {

  private final Output<?> output;
  private final String operator;
  private final int subtask;
  private final String job;
  private final int attempt;
  private final long restored;

  private long epoch;

  /**
   * Begins in the epoch of the checkpoint that the subtask was restored from.
   *
   * @param restored 0 if from none
   */
  StampOutput(StreamOperatorParameters<?> parameters, long restored) {
    Environment environment = parameters.getContainingTask().getEnvironment();
    TaskInfo task = environment.getTaskInfo();
    output = parameters.getOutput();
    operator = parameters.getStreamConfig().getOperatorName();
    subtask = task.getIndexOfThisSubtask();
    job = environment.getJobID().toHexString();
    attempt = task.getAttemptNumber();
    this.restored = restored;
    epoch = restored;
  }

  @Override
  public void stamp(String record, long version) {
    output.collect(
        Stamp.OUTPUT,
        new StreamRecord<>(
            new Stamp(record, operator, subtask, epoch, version, job, attempt, restored)));
  }

  /** A barrier has come; the next record belongs to the epoch behind it. */
  void passed(long checkpoint) {
    epoch = checkpoint;
  }
}
