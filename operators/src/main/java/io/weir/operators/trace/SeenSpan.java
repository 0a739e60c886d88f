package io.weir.operators.trace;

/**
 * A span that has been seen. Public for Flink, which writes it.
 *
 * @param service whose it is
 * @param time of the event, in milliseconds
 */
public record SeenSpan(String service, long time) {}
