/**
 * Configuration that changes while a job runs, and changes everywhere at the same checkpoint
 * barrier. What lies between two barriers is an epoch; every record of an epoch is processed under
 * one version, in all operators of the job, also after failures.
 *
 * <p>This package is what the author of a job needs: a {@link
 * io.weir.operators.epoch.ConfigurationType} says what a document means, a {@link
 * io.weir.operators.epoch.Configured} function or operator is handed the version in force, and
 * {@link io.weir.operators.epoch.EpochSettings} name the document and its store. {@link
 * io.weir.operators.epoch.operator.Epochs} puts such functions into a job's graph.
 */
@NullMarked
package io.weir.operators.epoch;

import org.jspecify.annotations.NullMarked;
