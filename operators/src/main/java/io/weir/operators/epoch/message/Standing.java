package io.weir.operators.epoch.message;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * The answer to {@link Inquire}.
 *
 * @param switched whether the subtask is behind the checkpoint's barrier, under its version
 */
public record Standing(int attempt, long checkpoint, boolean switched) implements OperatorEvent {}
