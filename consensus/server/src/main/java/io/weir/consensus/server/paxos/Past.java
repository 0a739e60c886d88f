package io.weir.consensus.server.paxos;

import org.jspecify.annotations.Nullable;

/**
 * One state of a register's past: a register of its own that is written once. It is named by number
 * and hash, so that two states with one number, of which one was never chosen, are kept apart, and
 * every copy of one name is the same.
 *
 * @param number counts the register's states
 * @param hash of all that the state says
 * @param about the state without its content
 * @param content null when it has none, or when it is gone
 */
public record Past(long number, String hash, byte[] about, byte @Nullable [] content) {

  /** Objects and places in maps, about. */
  private static final int FIXED_BYTES = 200;

  /** Reads from a register's states what is to be kept of them. */
  public interface Reader {

    /** Null for a state that leaves no past. */
    @Nullable Past read(String key, byte[] state);
  }

  Past withoutContent() {
    return new Past(number, hash, about, null);
  }

  boolean isSame(Past other) {
    return number == other.number && hash.equals(other.hash);
  }

  public int bytes() {
    return FIXED_BYTES + about.length + (content == null ? 0 : content.length);
  }
}
