package io.weir.operators.epoch.message;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@link Prepare}.
 *
 * @param refusal why the version cannot be used; null: the subtask will switch at the barrier
 */
public record Prepared(int attempt, long checkpoint, int round, @Nullable String refusal)
    implements OperatorEvent {}
