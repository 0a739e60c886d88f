package io.weir.consensus.server.paxos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings one who follows a register from the state that they have to a newer one that was chosen,
 * by way of every state between: each names the hash of the one before it, and what is missing is
 * fetched from a majority.
 *
 * <p>One thread at a time, that of the {@link Registers}.
 */
public class Follower {

  /** Who follows, for all registers. */
  public interface Target {

    /** The number of the state that they have; 0 for none. */
    long number(String key);

    /**
     * Takes a newer state.
     *
     * @param missing the states between, oldest first; they may begin later than behind the one
     *     that the follower has, when those before are gone everywhere
     */
    void take(String key, List<Past> missing, byte[] state);

    /** The hash of the state before one; empty for the first. */
    String previousHash(Past past);
  }

  private final Registers registers;
  private final Past.Reader reader;
  private final Target target;
  private final long limitMillis;

  public Follower(Registers registers, Past.Reader reader, Target target, long limitMillis) {
    this.registers = registers;
    this.reader = reader;
    this.target = target;
    this.limitMillis = limitMillis;
  }

  /**
   * Goes on to a state that was chosen.
   *
   * @param whenDone told whether that worked; else nothing was taken
   */
  public final void follow(String key, byte[] state, Consumer<Boolean> whenDone) {
    Past newest = reader.read(key, state);
    if (newest == null || isNext(key, newest)) {
      target.take(key, List.of(), state);
      whenDone.accept(true);
    } else {
      Deque<Past> missing = new ArrayDeque<>();
      fetch(key, newest, missing, state, whenDone);
    }
  }

  /** Whether nothing is missing between: what was not seen would be lost to whoever watches. */
  protected boolean isNext(String key, Past newest) {
    return newest.number() <= target.number(key) + 1;
  }

  private void fetch(
      String key, Past lowest, Deque<Past> missing, byte[] state, Consumer<Boolean> whenDone) {
    long from = target.number(key) + 1;
    if (lowest.number() <= from) {
      done(key, missing, state, whenDone);
      return;
    }
    registers.fetch(
        key,
        from,
        lowest.number() - 1,
        limitMillis,
        found -> {
          if (found.isEmpty()) {
            whenDone.accept(false); // who does not answer may have what is missing
            return;
          }
          Past reached = link(lowest, found.get(), missing);
          if (reached.number() == lowest.number()) {
            done(key, missing, state, whenDone); // nobody has it any more
          } else {
            fetch(key, reached, missing, state, whenDone);
          }
        });
  }

  private Past link(Past lowest, List<Past> found, Deque<Past> missing) {
    Past reached = lowest;
    Past before = before(reached, found);
    while (before != null) {
      missing.addFirst(before);
      reached = before;
      before = before(reached, found);
    }
    return reached;
  }

  private @Nullable Past before(Past past, List<Past> found) {
    String hash = target.previousHash(past);
    Optional<Past> whole =
        found.stream()
            .filter(each -> each.number() == past.number() - 1 && each.hash().equals(hash))
            .max((one, other) -> Boolean.compare(one.content() != null, other.content() != null));
    return whole.orElse(null);
  }

  /** Meanwhile the follower may have come further by another way. */
  private void done(String key, Deque<Past> missing, byte[] state, Consumer<Boolean> whenDone) {
    long known = target.number(key);
    missing.removeIf(past -> past.number() <= known);
    target.take(key, List.copyOf(missing), state);
    whenDone.accept(true);
  }
}
