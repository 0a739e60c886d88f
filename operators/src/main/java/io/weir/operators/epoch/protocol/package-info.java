/**
 * Which version is in force behind which checkpoint's barrier: a state machine without threads,
 * clocks or Flink. {@link io.weir.operators.epoch.protocol.EpochProtocol} decides once per
 * checkpoint for the whole job, has every subtask prepare before any barrier exists, and after an
 * aborted checkpoint finds out who switched. What it does to the world are its {@link
 * io.weir.operators.epoch.protocol.EpochEffects}; {@link
 * io.weir.operators.epoch.protocol.SubtaskEpoch} is the side of a subtask.
 */
@NullMarked
package io.weir.operators.epoch.protocol;

import org.jspecify.annotations.NullMarked;
