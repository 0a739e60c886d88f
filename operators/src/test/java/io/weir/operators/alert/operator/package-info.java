/** Tests of the operator that judges windows, also in jobs that lose their processes. */
@NullMarked
package io.weir.operators.alert.operator;

import org.jspecify.annotations.NullMarked;
