package io.weir.consensus.server.paxos;

import io.weir.consensus.server.paxos.Message.Held;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a register without writing: when a majority has accepted the same ballot, its state was
 * chosen, and nothing that was chosen before the questions were sent is newer, for one acceptor of
 * that majority would know (as reads in Charapko et al., <i>Linearizable Quorum Reads in Paxos</i>,
 * HotStorage 2019).
 */
public class QuorumRead {

  /** What a read came to: a state that was chosen in, or before, a ballot. */
  public record Found(Ballot ballot, byte[] state) {}

  private final Map<String, Held> answers = new HashMap<>();
  private final int acceptors;
  private final Found known;

  /**
   * @param known what the questions named as known
   */
  public QuorumRead(int acceptors, Found known) {
    this.acceptors = acceptors;
    this.known = known;
  }

  /** Takes an answer; what was found, once it is. */
  public final @Nullable Found received(String from, Held held) {
    answers.put(from, held);
    return answers.size() <= acceptors / 2 ? null : found(answers, held);
  }

  /** A majority that agrees, of which the last answer is one. */
  protected @Nullable Found found(Map<String, Held> all, Held last) {
    long same = all.values().stream().filter(e -> e.accepted().equals(last.accepted())).count();
    return same > acceptors / 2 ? found(last) : null;
  }

  protected final Found found(Held held) {
    byte[] state = held.state();
    return state == null ? known : new Found(held.accepted(), state);
  }

  /** A majority has answered, and none agrees. */
  public final boolean isUndecided() {
    return answers.size() > acceptors / 2;
  }
}
