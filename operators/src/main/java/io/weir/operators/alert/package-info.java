/**
 * The life of alerts on the windows of series: a service's, an operation's, or those of the calls
 * from one service to another. A {@link io.weir.operators.alert.Judgement} of a window carries an
 * alert on, and an {@link io.weir.operators.alert.Alert} tells each transition: pending, firing,
 * resolved. A window without calls is judged like any other.
 *
 * <p>Savepoints name the records that are kept of a series.
 */
@NullMarked
package io.weir.operators.alert;

import org.jspecify.annotations.NullMarked;
