/**
 * Alerts on the windows of series: a service's, an operation's, or those of the calls from one
 * service to another. {@link io.weir.operators.alert.AlertRules} say what is wrong with a window;
 * they are live configuration and change at checkpoint barriers. {@link
 * io.weir.operators.alert.AlertOperator} judges each window of each series once, in event time, and
 * emits an {@link io.weir.operators.alert.Alert} for each transition: pending, firing, resolved.
 *
 * <p>A window without calls is judged like any other. What a series usually is (its running median)
 * and how unusual it is (the detector of {@code io.weir.operators.anomaly}) are known by series, in
 * constant space, and only where a rule asks for them.
 */
@NullMarked
package io.weir.operators.alert;

import org.jspecify.annotations.NullMarked;
