/** Tests of the aggregates against naive ones. */
@NullMarked
package io.weir.operators.aggregate;

import org.jspecify.annotations.NullMarked;
