/** What comes of scores: the best items, and why an item is among them. */
@NullMarked
package io.weir.operators.recommendation.ranking;

import org.jspecify.annotations.NullMarked;
