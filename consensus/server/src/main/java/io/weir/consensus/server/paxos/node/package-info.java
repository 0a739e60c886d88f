/**
 * The Paxos backend of the configuration store: a {@link io.weir.consensus.log.ReplicatedLog} that
 * keeps no log of commands. Each job has a register of CASPaxos for its head, the newest version,
 * and one for its ledger; older versions are what the acceptors keep of the states that they
 * overwrote.
 *
 * <p>{@code AcceptorThread} answers for the disk, {@code Loop} drives the proposers and brings the
 * mirror, from which reads and watches are served, up to date. {@code Preferred} names the node
 * that makes the changes, which is about speed, and never about safety.
 */
@NullMarked
package io.weir.consensus.server.paxos.node;

import org.jspecify.annotations.NullMarked;
