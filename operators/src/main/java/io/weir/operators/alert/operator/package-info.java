/**
 * Judges each window of each series once, in event time, by the rules in force: {@link
 * io.weir.operators.alert.operator.Alerts} adds the operator to a stream of samples.
 *
 * <p>What a series usually is (its running median) and how unusual it is (the detector of {@code
 * io.weir.operators.anomaly}) are known by series, in constant space, and only where a rule asks
 * for them.
 */
@NullMarked
package io.weir.operators.alert.operator;

import org.jspecify.annotations.NullMarked;
