/**
 * The Raft backend of the configuration store: a {@link io.weir.consensus.log.ReplicatedLog} on the
 * Raft server of Atomix 3.1.12, the only package that knows Atomix.
 *
 * <p>Atomix acknowledges before its log is on disk, forgets its vote within a term and swallows
 * errors on its threads. The mends are here, each in a class of its own: {@code DurableLogWriter}
 * and {@code DurableRaftContext} (nothing is answered before it is on disk), {@code VoteFile},
 * {@code LogFiles} (damage is found before the node votes), {@code NodeSnapshots}, {@code
 * CommandService} (a bad snapshot ends the process), {@code NodeProtocol} (a request that was
 * swallowed ends the process) and {@code Submitter} (commands find a new leader at once).
 */
@NullMarked
package io.weir.consensus.server.raft;

import org.jspecify.annotations.NullMarked;
