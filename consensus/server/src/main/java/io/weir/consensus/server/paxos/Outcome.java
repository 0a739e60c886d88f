package io.weir.consensus.server.paxos;

/** What became of a change or a read. */
public sealed interface Outcome {

  /** The state is agreed on; after a change it contains it. */
  record Known(Ballot ballot, byte[] state) implements Outcome {}

  /** Nothing was changed, and nothing will be. */
  record Unavailable(String reason) implements Outcome {}

  /** The change may have been made, or still be made. */
  record Unknown(String reason) implements Outcome {}
}
