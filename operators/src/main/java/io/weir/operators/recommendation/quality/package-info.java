/**
 * How good recommendations are, by what users then do: test, then learn. Hits and gains of whole
 * jobs and of windows of event time, how many items are recommended at all, and how late.
 */
@NullMarked
package io.weir.operators.recommendation.quality;

import org.jspecify.annotations.NullMarked;
