package io.weir.consensus.server.paxos;

import java.util.Comparator;

/**
 * A ballot number: unique, and totally ordered (CASPaxos, 2.1: a tuple of a counter and the
 * proposer's id serves as one).
 *
 * @param counter grows with each ballot of a proposer, and jumps above those that it meets
 * @param incarnation of the proposer: how often its node was started. The counter is not durable;
 *     without this, a node could use a ballot a second time after a restart
 * @param node the proposer's name
 */
public record Ballot(long counter, int incarnation, String node) implements Comparable<Ballot> {

  /** Below every ballot of a proposer: nothing was promised, or accepted. */
  public static final Ballot NONE = new Ballot(0, 0, "");

  private static final Comparator<Ballot> ORDER =
      Comparator.comparingLong(Ballot::counter)
          .thenComparing(Ballot::node)
          .thenComparingInt(Ballot::incarnation);

  public boolean isAbove(Ballot other) {
    return compareTo(other) > 0;
  }

  public static Ballot max(Ballot one, Ballot other) {
    return one.isAbove(other) ? one : other;
  }

  @Override
  public int compareTo(Ballot other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return counter + "." + incarnation + "." + node;
  }
}
