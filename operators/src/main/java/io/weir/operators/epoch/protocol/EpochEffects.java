package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Inquire;
import io.weir.operators.epoch.message.Prepare;

/** What the {@link EpochProtocol} has done to the world. No call comes back into the protocol. */
public interface EpochEffects {

  /** Sends to a subtask; if it has finished, {@link EpochProtocol#gone} follows later. */
  void prepare(Member member, Prepare message);

  /** Sends to a subtask; if it has finished, {@link EpochProtocol#gone} follows later. */
  void inquire(Member member, Inquire message);

  /**
   * Answers a subtask that opens.
   *
   * @param checkpoint whose state it has; {@link EpochProtocol#NO_CHECKPOINT} if it has none
   */
  void welcome(Member member, Document document, long checkpoint);

  /** Something newer than what is in force waits for a checkpoint. */
  void wantCheckpoint();

  /** A checkpoint has completed that is the first with this version. */
  void inForce(long checkpoint, Document document, int subtasks);

  /** A subtask cannot use a version: the job stays on the one that it has. */
  void refused(Document document, long checkpoint, String reason);

  /** A checkpoint that would have changed the version was aborted. */
  void switchAborted(long checkpoint);

  /** Has the whole job go back to its last completed checkpoint. */
  void failJob(String reason);
}
