package io.weir.consensus.server.paxos;

import io.weir.consensus.server.paxos.Message.Accept;
import io.weir.consensus.server.paxos.Message.Accepted;
import io.weir.consensus.server.paxos.Message.BallotReply;
import io.weir.consensus.server.paxos.Message.Failed;
import io.weir.consensus.server.paxos.Message.Prepare;
import io.weir.consensus.server.paxos.Message.Promise;
import io.weir.consensus.server.paxos.Message.Rejected;
import io.weir.consensus.server.paxos.Message.Request;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The proposer's role for one register (CASPaxos, 2.2, steps 2, 4 and 6): one attempt at one change
 * at a time. Requests are for all acceptors.
 *
 * <p>INVARIANT: at most one accept is ever sent in a ballot.
 */
public class Proposer {

  /** What an attempt came to, or asks for next. */
  public sealed interface Step {}

  /** Send this to all acceptors. */
  public record Send(Request request) implements Step {}

  /** Wait. */
  public record Wait() implements Step {}

  /** The state is agreed on, for ever. */
  public record Chosen(Ballot ballot, byte[] state) implements Step {}

  /**
   * The attempt is over, and something else may be chosen.
   *
   * @param mayBeChosen whether an accept was sent: its state may have been chosen, or still be
   * @param reason for people
   */
  public record Lost(boolean mayBeChosen, String reason) implements Step {}

  /** A state that was chosen, and a ballot above it that a majority has promised with it. */
  private record Ready(Ballot ballot, byte[] state) {}

  private static final Wait WAIT = new Wait();

  private final String key;
  private final String node;
  private final int incarnation;
  private final int acceptors;
  private final int quorum;

  private final Map<String, Promise> promises = new HashMap<>();
  private final Set<String> accepted = new HashSet<>();
  private final Map<String, String> refusals = new HashMap<>();
  private long counter;
  private @Nullable Ready ready;
  private @Nullable Change change;
  private Ballot ballot = Ballot.NONE;
  private @Nullable Accept asked;

  /**
   * @param node this proposer's name, part of its ballots
   * @param incarnation how often the node was started, which must be durable
   * @param acceptors how many there are; a majority decides
   */
  public Proposer(String key, String node, int incarnation, int acceptors) {
    this.key = key;
    this.node = node;
    this.incarnation = incarnation;
    this.acceptors = acceptors;
    this.quorum = acceptors / 2 + 1;
  }

  /** Begins an attempt; only when there is none. */
  public final Request start(Change wanted) {
    if (change != null) {
      throw new IllegalStateException("a change of " + key + " is under way in " + ballot);
    }
    change = wanted;
    promises.clear();
    accepted.clear();
    refusals.clear();
    asked = null;
    Ready used = takeReady();
    if (used != null) {
      ballot = used.ballot();
      return accept(used.state());
    }
    ballot = nextBallot();
    return new Prepare(key, ballot);
  }

  /** Takes the promise out before it is used: it serves one accept, whatever becomes of that. */
  private @Nullable Ready takeReady() {
    Ready used = ready;
    if (!keepsPromiseOfUnresolvedAccept()) {
      ready = null;
    }
    return used;
  }

  /** At most one accept in a ballot (Paxos Made Simple, 2.3: a proposal number is used once). */
  protected boolean keepsPromiseOfUnresolvedAccept() {
    return false;
  }

  /**
   * CASPaxos, 2.2, step 2: the proposer generates a ballot number, greater than all it has seen.
   */
  private Ballot nextBallot() {
    counter++;
    return new Ballot(counter, incarnation, node);
  }

  /** Takes an acceptor's answer; those that belong to earlier attempts change nothing. */
  public final Step received(String from, BallotReply reply) {
    if (reply instanceof Rejected rejected) {
      counter = Math.max(counter, rejected.promised().counter());
    }
    if (change == null || !reply.ballot().equals(ballot)) {
      return WAIT;
    }
    if (reply instanceof Promise promise) {
      return promised(from, promise);
    }
    if (reply instanceof Accepted) {
      return accepted(from);
    }
    return refused(from, reply);
  }

  private Step promised(String from, Promise promise) {
    if (asked != null) {
      return WAIT;
    }
    promises.put(from, promise);
    refusals.remove(from);
    if (promises.size() < quorum) {
      return WAIT;
    }
    byte[] current = current(promises.values());
    byte[] next = requireChange().next(current);
    if (!needsAccept(current, next)) {
      return chosen(current);
    }
    return new Send(acceptOf(next));
  }

  /**
   * CASPaxos, 2.2, step 4: when all confirmations are empty the state is empty, else it is that of
   * the highest ballot (Paxos Made Simple, P2c).
   */
  protected byte[] current(Collection<Promise> majority) {
    Promise highest = null;
    for (Promise each : majority) {
      if (highest == null || each.accepted().isAbove(highest.accepted())) {
        highest = each;
      }
    }
    return highest == null ? Slot.EMPTY.state() : highest.state();
  }

  /**
   * Always, also when the change changes nothing: the state that was found need not have been
   * chosen yet, and who was told of it relies on it (CASPaxos, 2.2, step 4: the result is sent,
   * whatever it is).
   */
  protected boolean needsAccept(byte[] current, byte[] next) {
    return true;
  }

  private Request accept(byte[] current) {
    return acceptOf(requireChange().next(current));
  }

  private Accept acceptOf(byte[] next) {
    refusals.clear();
    // CASPaxos, 2.2.1: the prepare of the next change rides on this accept.
    Accept sent = new Accept(key, ballot, next, nextBallot());
    asked = sent;
    return sent;
  }

  /** CASPaxos, 2.2, step 6: chosen once a majority has confirmed. */
  private Step accepted(String from) {
    Accept sent = asked;
    if (sent == null) {
      return WAIT;
    }
    accepted.add(from);
    refusals.remove(from);
    if (accepted.size() < quorum) {
      return WAIT;
    }
    // After any refusal another proposer is about, and the promise is worth little.
    ready = refusals.isEmpty() ? new Ready(sent.next(), sent.state()) : null;
    return chosen(sent.state());
  }

  private Chosen chosen(byte[] state) {
    change = null;
    return new Chosen(ballot, state);
  }

  private Step refused(String from, BallotReply reply) {
    if ((promises.containsKey(from) && asked == null) || accepted.contains(from)) {
      return WAIT; // the answer to a doubled question
    }
    if (reply instanceof Rejected rejected && asked != null && rejected.promised().equals(ballot)) {
      return WAIT; // to the prepare, doubled: the accept is still on its way
    }
    refusals.put(
        from,
        reply instanceof Failed failed
            ? failed.reason()
            : "another node's proposals came between (" + ((Rejected) reply).promised() + ")");
    return refusals.size() > acceptors - quorum ? abandon(from + ": " + refusals.get(from)) : WAIT;
  }

  /** Whether an acceptor refused the attempt that is under way, and a majority may still agree. */
  final boolean isRefused() {
    return change != null && !refusals.isEmpty();
  }

  /** Gives up an attempt: too many refused, or did not answer in time. */
  public final Lost abandon(String reason) {
    Lost lost = new Lost(asked != null, reason);
    change = null;
    return lost;
  }

  private Change requireChange() {
    if (change == null) {
      throw new IllegalStateException("no change of " + key + " is under way");
    }
    return change;
  }
}
