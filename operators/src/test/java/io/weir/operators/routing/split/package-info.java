/** Tests of split keys: the operators by themselves, and jobs against plain sums. */
@NullMarked
package io.weir.operators.routing.split;

import org.jspecify.annotations.NullMarked;
