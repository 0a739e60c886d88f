package io.weir.consensus.server.paxos;

/**
 * What an acceptor must never forget of a register.
 *
 * @param promised nothing below it is accepted any more
 * @param accepted the ballot in which the state was accepted; {@link Ballot#NONE} if none was
 * @param state empty if none was accepted
 */
public record Slot(Ballot promised, Ballot accepted, byte[] state) {

  private static final byte[] NOTHING = {};

  public static final Slot EMPTY = new Slot(Ballot.NONE, Ballot.NONE, NOTHING);

  Slot withPromise(Ballot ballot) {
    return new Slot(ballot, accepted, state);
  }
}
