package io.weir.consensus.server.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Configurations, without those that another one makes superfluous: what can follow where an
 * unanswered operation has happened can also follow where it has not, if all else is the same,
 * since it need not happen ever.
 */
final class Configurations<S> {

  /** All but the unanswered operations. */
  private record Rest<T>(T state, BitSet answered) {}

  private final BitSet unanswered;
  private final Map<Rest<S>, List<Configuration<S>>> byRest = new HashMap<>();
  private int added;

  /**
   * @param unanswered slots of operations that need not happen
   */
  Configurations(BitSet unanswered) {
    this.unanswered = unanswered;
  }

  /** How many were added, those that became superfluous later among them. */
  int added() {
    return added;
  }

  Stream<Configuration<S>> stream() {
    return byRest.values().stream().flatMap(List::stream);
  }

  /** Adds a configuration unless it is superfluous. */
  boolean add(Configuration<S> candidate) {
    BitSet answered = (BitSet) candidate.settled().clone();
    answered.andNot(unanswered);
    List<Configuration<S>> alike =
        byRest.computeIfAbsent(new Rest<>(candidate.state(), answered), key -> new ArrayList<>(1));
    Iterator<Configuration<S>> each = alike.iterator();
    while (each.hasNext()) {
      Configuration<S> other = each.next();
      if (isSubset(other.settled(), candidate.settled())) {
        return false;
      }
      if (isSubset(candidate.settled(), other.settled())) {
        each.remove();
      }
    }
    alike.add(candidate);
    added++;
    return true;
  }

  private static boolean isSubset(BitSet smaller, BitSet larger) {
    for (int i = smaller.nextSetBit(0); i >= 0; i = smaller.nextSetBit(i + 1)) {
      if (!larger.get(i)) {
        return false;
      }
    }
    return true;
  }
}
