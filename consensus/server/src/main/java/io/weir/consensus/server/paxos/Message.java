package io.weir.consensus.server.paxos;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What proposers and acceptors say to each other. Messages may be lost, doubled, delayed and
 * overtaken. States are opaque; an empty one is that of a register which nobody has changed yet.
 * Their bytes are never changed by anybody.
 */
public sealed interface Message {

  /** From a proposer to an acceptor. */
  sealed interface Request extends Message {}

  /** The acceptor's answer; what it repeats of the question pairs the two. */
  sealed interface Reply extends Message {}

  /** To the question in a ballot. */
  sealed interface BallotReply extends Reply {
    String key();

    Ballot ballot();
  }

  /** To a question that needs no ballot. */
  sealed interface RoundReply extends Reply {
    long round();
  }

  /** Asks for a promise. */
  record Prepare(String key, Ballot ballot) implements Request {}

  /**
   * Asks to accept a state.
   *
   * @param next the ballot to be promised with it: the next change then needs no promise of its own
   */
  record Accept(String key, Ballot ballot, byte[] state, Ballot next) implements Request {}

  /**
   * Asks what was accepted, without a ballot.
   *
   * @param known the ballot whose state is known to the one who asks, and need not be sent
   */
  record Read(long round, String key, Ballot known) implements Request {}

  /**
   * Asks for states that were overwritten.
   *
   * @param from the lowest number wanted
   * @param to the highest number wanted; from it on downwards, as many as fit are sent
   */
  record Fetch(long round, String key, long from, long to) implements Request {}

  /** Asks which registers there are. */
  record Survey(long round) implements Request {}

  /**
   * Nothing below the ballot will be accepted any more.
   *
   * @param accepted the ballot in which the state was accepted; {@link Ballot#NONE} if none was
   */
  record Promise(String key, Ballot ballot, Ballot accepted, byte[] state) implements BallotReply {}

  /** The state is on the acceptor's disk. */
  record Accepted(String key, Ballot ballot) implements BallotReply {}

  /**
   * The ballot came too late.
   *
   * @param promised the ballot that was promised to another, or to the same in another question
   */
  record Rejected(String key, Ballot ballot, Ballot promised) implements BallotReply {}

  /** The acceptor's disk took nothing; nothing is promised or accepted. */
  record Failed(String key, Ballot ballot, String reason) implements BallotReply {}

  /**
   * What is accepted.
   *
   * @param state null when it is that of the ballot which the question named as known
   */
  record Held(long round, String key, Ballot accepted, byte @Nullable [] state)
      implements RoundReply {}

  /** States that were overwritten, and the one held now, in any order. */
  record Fetched(long round, String key, List<Past> states) implements RoundReply {
    public Fetched {
      states = List.copyOf(states);
    }
  }

  /** The accepted ballot of every register that has one. */
  record Surveyed(long round, Map<String, Ballot> accepted) implements RoundReply {
    public Surveyed {
      accepted = Map.copyOf(accepted);
    }
  }
}
