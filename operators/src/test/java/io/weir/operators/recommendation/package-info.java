@NullMarked
package io.weir.operators.recommendation;

import org.jspecify.annotations.NullMarked;
