/**
 * What can be wrong with a job before it starts: its settings, and whether what they name is there
 * and answers. Nothing is changed.
 */
@NullMarked
package io.weir.jobs.doctor;

import org.jspecify.annotations.NullMarked;
