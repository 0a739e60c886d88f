/**
 * Evidence of what a job did: for each record that a configured operator processed, a row says in
 * which epoch that was and under which version. A function or operator that is {@link
 * io.weir.operators.epoch.stamp.Stamping} makes such rows, {@link
 * io.weir.operators.epoch.stamp.StampFiles} writes them into files that appear when their
 * checkpoint completes, and {@code io.weir.operators.epoch.verify} judges them.
 */
@NullMarked
package io.weir.operators.epoch.stamp;

import org.jspecify.annotations.NullMarked;
