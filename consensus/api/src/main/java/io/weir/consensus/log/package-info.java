/**
 * What a node asks of an algorithm that replicates a log: commands go in at any node, every node's
 * {@link io.weir.consensus.log.StateMachine} is driven by the same commands in the same order, and
 * a barrier tells when the state beside a reader is new enough.
 *
 * <p>Reads and watches are served from the state machine of the node that was asked; so an
 * algorithm needs neither queries nor events of its own.
 */
@NullMarked
package io.weir.consensus.log;

import org.jspecify.annotations.NullMarked;
