/**
 * How the next record's channel is chosen: pure selectors that know nothing of Flink. Each says
 * what a choice costs, how far the shares may be from the ideal, and whom it follows.
 *
 * <p>Weights are whole numbers, one for each channel; a channel of weight 0 gets no record. A
 * selector belongs to one thread.
 */
@NullMarked
package io.weir.operators.routing.select;

import org.jspecify.annotations.NullMarked;
