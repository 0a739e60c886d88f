package io.weir.consensus.server.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations that are under way at a moment of a history, each in a slot of its own. */
final class OpenOperations<C, A> {

  private final List<@Nullable Operation<C, A>> slots = new ArrayList<>();
  private final IdentityHashMap<Operation<C, A>, Integer> slotOf = new IdentityHashMap<>();
  private final BitSet taken = new BitSet();
  private final BitSet unanswered = new BitSet();

  /** Slots of all operations that are under way. Not to be changed. */
  BitSet taken() {
    return taken;
  }

  /** Slots of those that are never answered. Not to be changed. */
  BitSet unanswered() {
    return unanswered;
  }

  Operation<C, A> get(int slot) {
    return Objects.requireNonNull(slots.get(slot));
  }

  int slotOf(Operation<C, A> operation) {
    return Objects.requireNonNull(slotOf.get(operation));
  }

  int add(Operation<C, A> operation) {
    int slot = taken.nextClearBit(0);
    if (slot == slots.size()) {
      slots.add(null);
    }
    slots.set(slot, operation);
    slotOf.put(operation, slot);
    taken.set(slot);
    unanswered.set(slot, operation.answer() == null);
    return slot;
  }

  void remove(BitSet gone) {
    for (int slot = gone.nextSetBit(0); slot >= 0; slot = gone.nextSetBit(slot + 1)) {
      slotOf.remove(get(slot));
      slots.set(slot, null);
    }
    taken.andNot(gone);
    unanswered.andNot(gone);
  }

  List<Operation<C, A>> all() {
    return taken.stream().mapToObj(this::get).toList();
  }
}
