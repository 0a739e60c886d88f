package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Prepare;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way from a checkpoint's trigger to its barriers: one document is proposed to all members, and
 * confirmed to all coordinators when each has prepared for it.
 */
final class Preparation {

  private final EpochEffects effects;
  private final Members members;
  private final long checkpoint;
  private final List<Completion> completions = new ArrayList<>();
  private final Set<Member> waitingFor = new HashSet<>();
  private int round;
  private @Nullable Document document;
  private boolean ready;

  Preparation(EpochEffects effects, Members members, long checkpoint) {
    this.effects = effects;
    this.members = members;
    this.checkpoint = checkpoint;
  }

  long checkpoint() {
    return checkpoint;
  }

  /** What was proposed; null while it waits for the end of a roll call. */
  @Nullable Document document() {
    return document;
  }

  boolean isReady() {
    return ready;
  }

  Set<Member> waitingFor() {
    return Set.copyOf(waitingFor);
  }

  /** One more coordinator asks. */
  void add(Completion completion) {
    if (ready && document != null) {
      completion.confirm(document);
    } else {
      completions.add(completion);
    }
  }

  /** Begins a round with all members: what earlier rounds proposed counts no more. */
  void propose(Document proposed) {
    round++;
    document = proposed;
    waitingFor.clear();
    waitingFor.addAll(members.all());
    send(proposed);
  }

  private void send(Document proposed) {
    for (Member member : waitingFor()) {
      // Whoever stands at it has it already.
      Document text = members.standsAt(member, proposed) ? null : proposed;
      effects.prepare(member, new Prepare(checkpoint, round, text));
    }
  }

  /** Sends again what was not answered. */
  void repeat() {
    if (document != null && !ready) {
      send(document);
    }
  }

  /** Whether an answer of a member counts. */
  boolean awaits(Member member, long answered, int itsRound) {
    return answered == checkpoint && itsRound == round && waitingFor.contains(member);
  }

  /** Notes that a member has prepared, or is gone; returns whether it was the last one. */
  boolean settled(Member member) {
    return waitingFor.remove(member) && isComplete();
  }

  boolean isComplete() {
    return document != null && !ready && waitingFor.isEmpty();
  }

  /** Lets the checkpoint go on. */
  void confirm() {
    ready = true;
    for (Completion completion : completions) {
      completion.confirm(requireDocument());
    }
    completions.clear();
  }

  private Document requireDocument() {
    if (document == null) {
      throw new IllegalStateException("nothing was proposed for checkpoint " + checkpoint);
    }
    return document;
  }

  void decline(String reason) {
    completions.forEach(completion -> completion.decline(reason));
    completions.clear();
  }
}
