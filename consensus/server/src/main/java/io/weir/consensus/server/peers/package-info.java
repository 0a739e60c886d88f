/**
 * Questions and answers between the nodes of a cluster, over TCP and TLS: one connection to each
 * other node, opened by the first question, on which questions keep their order.
 *
 * <p>Every question ends: with an answer, with its connection, or with its time, which runs while
 * the connection is still being made. A connection that brings nothing for as long as a question
 * may take is given up, and the next question makes another. So nothing is left behind by a node
 * that was killed or stopped in whatever moment.
 *
 * <p>A connection has one thread, which reads. Whoever has something to send writes it, and never
 * blocks: what the network does not take waits in memory, within a limit.
 */
@NullMarked
package io.weir.consensus.server.peers;

import org.jspecify.annotations.NullMarked;
