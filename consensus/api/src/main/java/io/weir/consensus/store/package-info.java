/**
 * A {@link io.weir.consensus.ConfigurationStore} over a replicated log: proposals go through the
 * log, reads and watches are served from the register beside the caller. With a log in memory it is
 * the store of tests and of runs in a single process.
 */
@NullMarked
package io.weir.consensus.store;

import org.jspecify.annotations.NullMarked;
