package io.weir.consensus.server.history;

import java.util.BitSet;

/**
 * One way in which things may stand at a moment of a history.
 *
 * @param state what the register holds
 * @param settled slots of those open operations that happened already, or never will; never changed
 */
record Configuration<S>(S state, BitSet settled) {

  Configuration<S> with(int slot) {
    BitSet more = (BitSet) settled.clone();
    more.set(slot);
    return new Configuration<>(state, more);
  }

  Configuration<S> without(BitSet slots) {
    if (!settled.intersects(slots)) {
      return this;
    }
    BitSet rest = (BitSet) settled.clone();
    rest.andNot(slots);
    return new Configuration<>(state, rest);
  }
}
