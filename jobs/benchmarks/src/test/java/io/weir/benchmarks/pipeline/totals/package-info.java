/** Tests of what makes a comparison one of the same work. */
@NullMarked
package io.weir.benchmarks.pipeline.totals;

import org.jspecify.annotations.NullMarked;
