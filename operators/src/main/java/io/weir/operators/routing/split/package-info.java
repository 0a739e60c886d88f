/**
 * Aggregates of keys that are too hot for one receiver. Every key may go to one of two receivers,
 * which aggregate what they get; partial results go out before a watermark that closes their window
 * and before every barrier, and a second stage, keyed as usual, merges them. The result is that of
 * one stage.
 *
 * <p>Whether keys are split is configuration, and switches at barriers. Rows must not be late: that
 * is decided behind the source, once, so that it does not depend on who got which row.
 */
@NullMarked
package io.weir.operators.routing.split;

import org.jspecify.annotations.NullMarked;
