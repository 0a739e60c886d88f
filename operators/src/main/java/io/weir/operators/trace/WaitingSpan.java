package io.weir.operators.trace;

/**
 * A span whose parent has not been seen yet. Public for Flink, which writes it.
 *
 * @param service whose it is
 * @param error 1 or 0
 * @param time of the event, in milliseconds
 */
public record WaitingSpan(String service, long durationMicros, long error, long time) {}
