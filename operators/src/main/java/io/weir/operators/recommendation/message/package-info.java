/** What crosses the streams of recommendations: flat records of primitives, arrays and texts. */
@NullMarked
package io.weir.operators.recommendation.message;

import org.jspecify.annotations.NullMarked;
