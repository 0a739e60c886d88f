package io.weir.operators.window;

/**
 * What one pre-aggregating subtask knows of a group in a stretch of time; crosses the shuffle.
 *
 * @param id told apart by it in stamps; empty where rows are not stamped
 * @param key the group
 * @param span the slice; for sessions from the first row to the last row plus the gap
 * @param piece the aggregates; whoever receives the partial owns them
 */
record Partial(String id, GroupKey key, Span span, Piece piece) {}
