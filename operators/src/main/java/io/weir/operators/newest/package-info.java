/**
 * The newest results of windows as metrics of Flink's: a gauge for each measure of each group,
 * which any of Flink's reporters shows. How many there are has a bound, and each is written by one
 * subtask, the one that owns the group.
 */
@NullMarked
package io.weir.operators.newest;

import org.jspecify.annotations.NullMarked;
