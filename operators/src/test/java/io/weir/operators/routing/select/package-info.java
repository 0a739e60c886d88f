/** Tests of selectors against the bounds that they state, with fixed seeds. */
@NullMarked
package io.weir.operators.routing.select;

import org.jspecify.annotations.NullMarked;
