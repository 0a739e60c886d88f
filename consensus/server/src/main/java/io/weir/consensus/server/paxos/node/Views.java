package io.weir.consensus.server.paxos.node;

import io.weir.consensus.register.JobHead;
import io.weir.consensus.register.LedgerPage;
import io.weir.consensus.register.Mirror;
import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Follower;
import io.weir.consensus.server.paxos.Outcome;
import io.weir.consensus.server.paxos.Past;
import io.weir.consensus.server.paxos.QuorumRead;
import io.weir.consensus.server.paxos.Registers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings this node's mirror up to what was chosen: a register at a time, or all of them. Within the
 * {@link Loop}.
 */
final class Views implements Follower.Target {

  private final Registers registers;
  private final Mirror mirror;
  private final Follower follower;
  private final Map<String, Ballot> taken = new HashMap<>();
  private List<Consumer<Boolean>> waiting = new ArrayList<>();
  private boolean surveying;
  private final AtomicLong chosenCount = new AtomicLong();
  private final AtomicLong takenCount = new AtomicLong();

  Views(Registers registers, Mirror mirror, long limitMillis) {
    this.registers = registers;
    this.mirror = mirror;
    this.follower = new Follower(registers, Keys::past, this, limitMillis);
  }

  /**
   * Takes a state that was chosen.
   *
   * @param whenDone told whether the mirror is there now; when not, what is between is not to be
   *     had
   */
  void take(String key, Ballot ballot, byte[] state, Consumer<Boolean> whenDone) {
    if (!ballot.isAbove(taken(key))) {
      whenDone.accept(true);
      return;
    }
    chosenCount.incrementAndGet();
    follower.follow(key, state, caughtUp -> took(key, ballot, caughtUp, whenDone));
  }

  private void took(String key, Ballot ballot, boolean caughtUp, Consumer<Boolean> whenDone) {
    takenCount.incrementAndGet();
    if (caughtUp) {
      taken.merge(key, ballot, Ballot::max);
    }
    whenDone.accept(caughtUp);
  }

  private Ballot taken(String key) {
    return taken.getOrDefault(key, Ballot.NONE);
  }

  /** Reads a register from a majority, and takes what was found. */
  void catchUp(String key, long limitMillis, Consumer<Boolean> whenDone) {
    registers.read(
        key,
        limitMillis,
        outcome -> {
          if (outcome instanceof Outcome.Known known) {
            take(key, known.ballot(), known.state(), whenDone);
          } else {
            whenDone.accept(false);
          }
        });
  }

  /** Catches up with all registers; calls that wait at the same time share the questions. */
  void catchUpAll(long limitMillis, Consumer<Boolean> whenDone) {
    waiting.add(whenDone);
    if (!surveying) {
      survey(limitMillis);
    }
  }

  private void survey(long limitMillis) {
    List<Consumer<Boolean>> asking = waiting;
    waiting = new ArrayList<>();
    surveying = true;
    registers.survey(limitMillis, found -> surveyed(found, limitMillis, asking));
  }

  private void surveyed(
      Optional<List<Map<String, Ballot>>> found, long limitMillis, List<Consumer<Boolean>> asking) {
    if (found.isEmpty()) {
      answer(asking, false);
    } else {
      new Rest(asking).read(behind(found.get()), limitMillis);
    }
    surveying = false;
    if (!waiting.isEmpty()) {
      survey(limitMillis);
    }
  }

  /** Registers of which not all of a majority say what has been taken here. */
  private Set<String> behind(List<Map<String, Ballot>> majority) {
    Set<String> keys = new TreeSet<>();
    majority.forEach(each -> keys.addAll(each.keySet()));
    keys.removeIf(key -> majority.stream().allMatch(each -> taken(key).equals(each.get(key))));
    return keys;
  }

  private static void answer(List<Consumer<Boolean>> asking, boolean caughtUp) {
    asking.forEach(each -> each.accept(caughtUp));
  }

  /** The registers that must be read before those who wait can be answered. */
  private final class Rest {
    private final List<Consumer<Boolean>> asking;
    private boolean all = true;
    private int left;

    Rest(List<Consumer<Boolean>> asking) {
      this.asking = asking;
    }

    void read(Set<String> keys, long limitMillis) {
      left = keys.size();
      if (keys.isEmpty()) {
        answer(asking, true);
      }
      keys.forEach(key -> catchUp(key, limitMillis, this::done));
    }

    private void done(boolean caughtUp) {
      all &= caughtUp;
      left--;
      if (left == 0) {
        answer(asking, all);
      }
    }
  }

  @Override
  public long number(String key) {
    return mirror.newest(Keys.job(key));
  }

  @Override
  public void take(String key, List<Past> missing, byte[] state) {
    // What was fetched for may have been overtaken meanwhile; then the newer one counts.
    QuorumRead.Found known = registers.known(key);
    String job = Keys.job(key);
    if (!Keys.isHead(key)) {
      mirror.takeLedger(job, LedgerPage.decode(known.state()));
      return;
    }
    JobHead head = Keys.head(job, state);
    boolean overtaken = known.state() != state && head.version() <= mirror.newest(job);
    if (!overtaken && state.length > 0) {
      mirror.take(head, missing.stream().map(Keys::stored).toList());
    }
  }

  @Override
  public String previousHash(Past past) {
    return Keys.stored(past).revision().previousHash();
  }

  /** How many states are known to be chosen. */
  long chosenCount() {
    return chosenCount.get();
  }

  /** How many of them the mirror has taken. */
  long takenCount() {
    return takenCount.get();
  }
}
