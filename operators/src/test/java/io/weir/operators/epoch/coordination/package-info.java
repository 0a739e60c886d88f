/** The decisions of a job, under faults that a seed decides. */
@NullMarked
package io.weir.operators.epoch.coordination;

import org.jspecify.annotations.NullMarked;
