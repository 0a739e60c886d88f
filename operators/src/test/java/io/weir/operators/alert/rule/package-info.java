/** Tests of the rules of alerts, and rules for tests. */
@NullMarked
package io.weir.operators.alert.rule;

import org.jspecify.annotations.NullMarked;
