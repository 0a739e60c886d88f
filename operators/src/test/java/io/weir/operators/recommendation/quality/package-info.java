@NullMarked
package io.weir.operators.recommendation.quality;

import org.jspecify.annotations.NullMarked;
