package io.weir.jobs.demo.balance;

import io.weir.jobs.generator.Account;
import io.weir.jobs.generator.Account.Kind;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which of the generated events are there. Memory: one bit for each event, and an entry for each
 * that is there more than once.
 */
final class RollCall {

  /** How many events are not there, and how many are there that should not be. */
  record Difference(long missing, long extra) {}

  private final Account account;
  private final int generated;
  private final BitSet seen;
  private final Map<Long, Long> repeats = new HashMap<>();
  private long unreadable;
  private long unknown;

  RollCall(Account account, int generated) {
    this.account = account;
    this.generated = generated;
    seen = new BitSet(generated);
  }

  /** An event that bears an id. */
  void present(long id) {
    if (!isGenerated(id)) {
      unknown++;
    } else if (seen.get((int) id)) {
      repeats.merge(id, 1L, Long::sum);
    } else {
      seen.set((int) id);
    }
  }

  // A duplicate bears the id of its original.
  private boolean isGenerated(long id) {
    return id >= 0
        && id < generated
        && account.kindOf(id) != Kind.BROKEN
        && account.kindOf(id) != Kind.DUPLICATE;
  }

  /** One of the broken ones: which, nobody can tell. */
  void unreadable() {
    unreadable++;
  }

  /** Calls every generated event. To be asked once, at the end. */
  Difference difference() {
    long missing = 0;
    long broken = 0;
    for (int index = 0; index < generated; index++) {
      switch (account.kindOf(index)) {
        case BROKEN -> broken++;
        case DUPLICATE -> missing += takeRepeat(account.originalOf(index)) ? 0 : 1;
        default -> missing += seen.get(index) ? 0 : 1;
      }
    }
    long repeated = repeats.values().stream().mapToLong(Long::longValue).sum();
    return new Difference(
        missing + Math.max(0, broken - unreadable),
        repeated + unknown + Math.max(0, unreadable - broken));
  }

  private boolean takeRepeat(long original) {
    Long left = repeats.get(original);
    if (left == null) {
      return false;
    }
    if (left == 1) {
      repeats.remove(original);
    } else {
      repeats.put(original, left - 1);
    }
    return true;
  }
}
