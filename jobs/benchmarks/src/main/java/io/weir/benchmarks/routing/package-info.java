/**
 * What routes cost a sender, and how near a job comes to what its receivers could take together.
 * Receivers wait for their service time instead of working, so that the number of cores does not
 * hide the effect; they, their senders and the clock are in one process.
 */
@NullMarked
package io.weir.benchmarks.routing;

import org.jspecify.annotations.NullMarked;
