/** The decisions of a job, under faults that a seed decides. */
@NullMarked
package io.weir.operators.epoch.protocol;

import org.jspecify.annotations.NullMarked;
