/**
 * What people say is wrong with a window: {@link io.weir.operators.alert.rule.AlertRules} are live
 * configuration and change at checkpoint barriers. A rule names series by patterns, and holds a
 * condition on one of their metrics, as it is or by what it usually is.
 */
@NullMarked
package io.weir.operators.alert.rule;

import org.jspecify.annotations.NullMarked;
