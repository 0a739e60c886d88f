package io.weir.consensus.server.paxos;

import io.weir.consensus.server.paxos.Message.Accept;
import io.weir.consensus.server.paxos.Message.Accepted;
import io.weir.consensus.server.paxos.Message.Fetch;
import io.weir.consensus.server.paxos.Message.Fetched;
import io.weir.consensus.server.paxos.Message.Held;
import io.weir.consensus.server.paxos.Message.Prepare;
import io.weir.consensus.server.paxos.Message.Promise;
import io.weir.consensus.server.paxos.Message.Read;
import io.weir.consensus.server.paxos.Message.Rejected;
import io.weir.consensus.server.paxos.Message.Reply;
import io.weir.consensus.server.paxos.Message.Request;
import io.weir.consensus.server.paxos.Message.Survey;
import io.weir.consensus.server.paxos.Message.Surveyed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The acceptors' role for all registers (CASPaxos, 2.2, steps 3 and 5).
 *
 * <p>It answers from memory. Whoever drives it must have what {@link Answer#changed} says on disk
 * before the answer leaves, and hold back as long every later answer about the same register.
 *
 * <p>Rules that a proof needs are methods of their own, so that a test can break them one by one.
 */
public class Acceptor {

  /** Of an answer to {@link Fetch}: it must fit into a message. */
  private static final int FETCHED_BYTES = 512 * 1024;

  /**
   * An answer.
   *
   * @param changed what must be on disk before; null when nothing changed
   */
  public record Answer(Reply reply, @Nullable Slot changed) {}

  private final Past.Reader reader;
  private final Archive archive;
  private final Map<String, Slot> slots = new HashMap<>();

  public Acceptor(Past.Reader reader, Archive.Limits limits) {
    this.reader = reader;
    this.archive = new Archive(limits);
  }

  public final Answer handle(Request request) {
    if (request instanceof Prepare prepare) {
      return prepare(prepare, slot(prepare.key()));
    }
    if (request instanceof Accept accept) {
      return accept(accept, slot(accept.key()));
    }
    if (request instanceof Read read) {
      return new Answer(read(read, slot(read.key())), null);
    }
    if (request instanceof Fetch fetch) {
      return new Answer(fetch(fetch), null);
    }
    return new Answer(survey((Survey) request), null);
  }

  private Answer prepare(Prepare asked, Slot slot) {
    if (!mayPromise(asked.ballot(), slot)) {
      return new Answer(new Rejected(asked.key(), asked.ballot(), slot.promised()), null);
    }
    Slot promised = slot.withPromise(asked.ballot());
    put(asked.key(), promised);
    return new Answer(
        new Promise(asked.key(), asked.ballot(), slot.accepted(), slot.state()), promised);
  }

  /**
   * CASPaxos, 2.2, step 3: a conflict if a greater ballot was seen, else the ballot is persisted as
   * a promise. Strictly above, so that a question which comes twice is promised once.
   */
  protected boolean mayPromise(Ballot ballot, Slot slot) {
    return ballot.isAbove(slot.promised());
  }

  private Answer accept(Accept asked, Slot slot) {
    if (!mayAccept(asked.ballot(), slot)) {
      return new Answer(new Rejected(asked.key(), asked.ballot(), slot.promised()), null);
    }
    Slot accepted = new Slot(promiseWith(asked, slot), asked.ballot(), asked.state());
    put(asked.key(), accepted);
    return new Answer(new Accepted(asked.key(), asked.ballot()), accepted);
  }

  /** CASPaxos, 2.2, step 5: a conflict if a greater ballot was seen, else the tuple is accepted. */
  protected boolean mayAccept(Ballot ballot, Slot slot) {
    return !slot.promised().isAbove(ballot);
  }

  /**
   * CASPaxos, 2.2.1: the next prepare rides on the accept. And whoever accepts a ballot has seen
   * it, so nothing below it may be accepted afterwards.
   */
  protected Ballot promiseWith(Accept asked, Slot slot) {
    return Ballot.max(asked.ballot(), asked.next());
  }

  private static Held read(Read asked, Slot slot) {
    boolean known = slot.accepted().equals(asked.known());
    return new Held(asked.round(), asked.key(), slot.accepted(), known ? null : slot.state());
  }

  private Fetched fetch(Fetch asked) {
    List<Past> found =
        new ArrayList<>(archive.range(asked.key(), asked.from(), asked.to(), FETCHED_BYTES));
    Past held = reader.read(asked.key(), slot(asked.key()).state());
    if (held != null && held.number() >= asked.from() && held.number() <= asked.to()) {
      found.add(held);
    }
    return new Fetched(asked.round(), asked.key(), found);
  }

  private Surveyed survey(Survey asked) {
    Map<String, Ballot> accepted = new TreeMap<>();
    slots.forEach((key, slot) -> accepted.put(key, slot.accepted()));
    accepted.values().removeIf(Ballot.NONE::equals);
    return new Surveyed(asked.round(), accepted);
  }

  /** What is held of a register. */
  public final Slot slot(String key) {
    return slots.getOrDefault(key, Slot.EMPTY);
  }

  /** All registers with what is held of them. */
  public final Map<String, Slot> slots() {
    return Map.copyOf(slots);
  }

  public final Archive archive() {
    return archive;
  }

  /** Takes a slot as it was answered with, or read from disk again, in the same order. */
  public final void put(String key, Slot slot) {
    Past before = reader.read(key, slot(key).state());
    Past now = reader.read(key, slot.state());
    if (before != null && (now == null || !before.isSame(now))) {
      archive.keep(key, before);
    }
    slots.put(key, slot);
  }
}
