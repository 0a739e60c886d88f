package io.weir.operators.epoch.stamp;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * One configured operator has processed one record.
 *
 * @param record which one; known to all operators that process it, and to no other record of the
 *     job
 * @param operator the operator's name
 * @param subtask from 0
 * @param epoch the checkpoint whose barrier the subtask saw last; before its first one the
 *     checkpoint that it was restored from, 0 if from none
 * @param version of the configuration that the record was processed under
 * @param job Flink's id of the job: other attempts have the same one, a job that was started from a
 *     savepoint has its own
 * @param attempt of the subtask in the job, from 0
 * @param restored the checkpoint that the attempt began from, 0 if from none
 */
public record Stamp(
    String record,
    String operator,
    int subtask,
    long epoch,
    long version,
    String job,
    int attempt,
    long restored) {

  /** What operators make stamps into. */
  public static final OutputTag<Stamp> OUTPUT =
      new OutputTag<>("stamps", TypeInformation.of(Stamp.class));

  public Stamp {
    if (subtask < 0 || version < 0 || attempt < 0 || restored < 0) {
      throw new IllegalArgumentException(
          "subtask %d, version %d, attempt %d and restored %d must not be negative"
              .formatted(subtask, version, attempt, restored));
    }
    if (epoch < restored) {
      throw new IllegalArgumentException(
          "epoch %d must not be before checkpoint %d, which the attempt was restored from"
              .formatted(epoch, restored));
    }
  }
}
