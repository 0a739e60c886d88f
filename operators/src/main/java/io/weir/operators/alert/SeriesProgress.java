package io.weir.operators.alert;

/**
 * How far a series has been judged. Public for Flink, which writes it.
 *
 * @param nextEndMillis the end of the first window that was not judged yet
 * @param lastCallsEndMillis the end of the last window that had calls
 * @param version of the rules that judged last
 */
public record SeriesProgress(long nextEndMillis, long lastCallsEndMillis, long version) {}
