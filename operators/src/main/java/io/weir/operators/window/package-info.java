/**
 * Windowed aggregates in two steps. Behind the source side, unkeyed, the {@link
 * io.weir.operators.window.PreAggregateOperator} sums up rows by group and slice, so that only
 * partial results cross the network and a hot group does not limit the job. Behind the shuffle the
 * {@link io.weir.operators.window.WindowOperator} merges partial results into windows and emits
 * each window once, when the watermark has passed its end. {@link
 * io.weir.operators.window.WindowedAggregation} puts the two into a job.
 *
 * <p>Times are event times. Rows carry theirs as the timestamp of their stream record, and a
 * watermark w says that no row with a time up to w follows; so a window [start, end) is complete
 * when w reaches end - 1. A slice is the part of time that all windows have in common: the window
 * itself (tumbling), the greatest common divisor of size and period (hopping), the gap (session:
 * two rows of a group in the same slice are less than the gap apart, so they share a session).
 */
@NullMarked
package io.weir.operators.window;

import org.jspecify.annotations.NullMarked;
