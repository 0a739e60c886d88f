/** Tests of rankings. */
@NullMarked
package io.weir.operators.recommendation.ranking;

import org.jspecify.annotations.NullMarked;
