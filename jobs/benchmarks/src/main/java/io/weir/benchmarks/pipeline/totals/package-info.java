/**
 * What the systems must find, what they found, and whether that is the same: a comparison of
 * systems that do different work is worth nothing.
 */
@NullMarked
package io.weir.benchmarks.pipeline.totals;

import org.jspecify.annotations.NullMarked;
