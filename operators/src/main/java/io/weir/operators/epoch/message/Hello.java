package io.weir.operators.epoch.message;

import org.apache.flink.runtime.operators.coordination.CoordinationRequest;

/**
 * A subtask opens, and asks for the version that it begins under. From here on it takes part in
 * every decision.
 *
 * @param subtask from 0
 * @param attempt of the subtask, from 0
 */
public record Hello(int subtask, int attempt) implements CoordinationRequest {}
