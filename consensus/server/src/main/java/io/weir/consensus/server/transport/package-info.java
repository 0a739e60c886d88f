/**
 * Paxos' messages between nodes: as bytes, over the connections of {@link
 * io.weir.consensus.server.peers.Peers}, which know their cluster and show certificates.
 */
@NullMarked
package io.weir.consensus.server.transport;

import org.jspecify.annotations.NullMarked;
