/** Tests of what can be wrong with a job. */
@NullMarked
package io.weir.jobs.doctor;

import org.jspecify.annotations.NullMarked;
