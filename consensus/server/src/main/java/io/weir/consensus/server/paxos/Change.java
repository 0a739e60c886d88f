package io.weir.consensus.server.paxos;

/**
 * What is to become of a register's state (CASPaxos, 2.2: the change function). It may be asked
 * several times for one change, also about a state that has the change in it already, when an
 * attempt ended without anybody knowing how: it must know its own work, by a request id that is
 * part of the state, and then return the state as it is.
 */
@FunctionalInterface
public interface Change {

  /** Leaves everything as it is: the slow way to read. */
  Change IDENTITY = state -> state;

  /**
   * The next state; the same when there is nothing to do.
   *
   * @param state empty for a register that nobody has changed yet; must not be modified
   */
  byte[] next(byte[] state);
}
