/**
 * Sources for the gate. {@link io.weir.operators.source.ClockedSource} makes any source announce
 * its origins and keep their clocks: a clock is saved with the split that it tells the time of, so
 * it goes wherever the split goes when a job is restored or rescaled.
 */
@NullMarked
package io.weir.operators.source;

import org.jspecify.annotations.NullMarked;
