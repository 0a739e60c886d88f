package io.weir.operators.epoch.operator;

import io.weir.operators.epoch.Configured;

/**
 * Hands a subtask the version in force. An operator calls {@link #open} at the end of its {@code
 * open}, and {@link #switchAt} at the end of its {@code prepareSnapshotPreBarrier}, when everything
 * that belongs to the old version has been emitted. For the task's thread only.
 */
public interface EpochSwitch {

  /**
   * Waits until a version is known, and hands it over.
   *
   * @throws Exception if there is none, or it cannot be used; it ends the job
   */
  <C> void open(Configured<C> configured) throws Exception;

  /** A switch of a job whose configuration never changes: version 0, for ever. */
  static EpochSwitch fixed(String document) {
    return new FixedSwitch(document);
  }

  /** Switches, if a checkpoint brings another version. */
  void switchAt(long checkpoint);
}
