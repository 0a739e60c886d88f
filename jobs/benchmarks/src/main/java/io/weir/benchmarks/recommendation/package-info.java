/** What recommendations cost: processor time, state and delay, on seeded actions. */
@NullMarked
package io.weir.benchmarks.recommendation;

import org.jspecify.annotations.NullMarked;
