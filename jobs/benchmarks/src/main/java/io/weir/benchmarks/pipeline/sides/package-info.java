/** The systems that do the same task, and their processes. */
@NullMarked
package io.weir.benchmarks.pipeline.sides;

import org.jspecify.annotations.NullMarked;
