/**
 * Operators that work by live configuration. {@link io.weir.operators.epoch.operator.Epochs} puts
 * functions into a job's graph; an operator written by hand implements {@link
 * io.weir.operators.epoch.operator.EpochOperator} and calls its {@link
 * io.weir.operators.epoch.operator.EpochSwitch} at two places.
 */
@NullMarked
package io.weir.operators.epoch.operator;

import org.jspecify.annotations.NullMarked;
