/** The coordinators of a job, call by call. */
@NullMarked
package io.weir.operators.epoch.coordination;

import org.jspecify.annotations.NullMarked;
