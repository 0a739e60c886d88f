/**
 * CASPaxos (Rystsov, <i>CASPaxos: Replicated State Machines without logs</i>, arXiv 1802.07000): a
 * register per key, changed by functions of its state, agreed on by a majority of acceptors.
 *
 * <p>Everything here is pure: messages in, messages and states out. There are no threads, clocks,
 * disks or sockets; whoever drives it is one thread at a time. {@link
 * io.weir.consensus.server.paxos.Acceptor} and {@link io.weir.consensus.server.paxos.Proposer} are
 * the two roles of the paper, with each rule in a method of its own that names its place there;
 * {@link io.weir.consensus.server.paxos.Registers} tries again what was lost or preempted.
 */
@NullMarked
package io.weir.consensus.server.paxos;

import org.jspecify.annotations.NullMarked;
