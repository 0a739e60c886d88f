@NullMarked
package io.weir.operators.recommendation.model;

import org.jspecify.annotations.NullMarked;
