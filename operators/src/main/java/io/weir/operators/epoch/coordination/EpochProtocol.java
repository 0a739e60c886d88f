package io.weir.operators.epoch.coordination;

import io.weir.operators.epoch.coordination.Member.Place;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Inquire;
import io.weir.operators.epoch.message.Prepare;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which version is in force behind which barrier, for all configured operators of a job.
 *
 * <p>A decision is a commit in two phases. When a checkpoint is triggered, each member is told the
 * version behind its barrier and answers from the task's thread, when it has decoded and checked
 * it. Only then do the barriers exist; so at the barrier every subtask knows, and nothing waits
 * there. A refusal makes another round with the version in force.
 *
 * <p>A checkpoint that changes the version may be aborted when some subtasks have seen its barrier
 * and others have not. Then all are asked (a roll call), and whoever has not switched will not
 * switch at it any more. All the same: the job goes on. Mixed: it must go back to its last
 * completed checkpoint, because records may already be under two versions. There the version is not
 * offered again before a checkpoint without it has completed: a job whose switches are aborted
 * whenever they are tried moves on all the same.
 *
 * <p>INVARIANT: outside a roll call all members stand at {@link #current}, or are about to when
 * {@link #unresolved} completes.
 *
 * <p>Pure: no threads, clocks or Flink. Whoever calls guards it by a lock.
 */
final class EpochProtocol {

  /** The checkpoint of a job that has none. */
  static final long NO_CHECKPOINT = -1;

  private static final long NONE = Long.MIN_VALUE;

  private final EpochEffects effects;
  private final boolean failJobWhenMixed;

  // What each member stands at; absent values are what a roll call has not heard yet.
  private final Map<Member, Document> members = new LinkedHashMap<>();
  private final Set<Member> unheard = new LinkedHashSet<>();
  private final Set<Member> waiting = new LinkedHashSet<>();
  // Where subtasks begin that were restored while others went on.
  private final Map<Place, Long> resets = new HashMap<>();
  // Of the checkpoint that the job would go back to, and of later ones.
  private final NavigableMap<Long, Document> decided = new TreeMap<>();

  private @Nullable Document current;
  private @Nullable Document newest;
  // Older ones are never offered again.
  private @Nullable Document lastRefused;
  private @Nullable Document lastInForce;
  private @Nullable Preparation preparation;
  // The checkpoint that changes the version and has neither completed nor been cleared up.
  private long unresolved = NONE;
  // The checkpoint that the job as a whole began with, or was last restored from.
  private long base = NO_CHECKPOINT;
  private boolean failing;
  // Went back from a switch: the next one waits until a checkpoint without one has completed.
  private boolean wary;

  EpochProtocol(EpochEffects effects, boolean failJobWhenMixed) {
    this.effects = effects;
    this.failJobWhenMixed = failJobWhenMixed;
  }

  /** What all members stand at; null before the first version is known. */
  @Nullable Document current() {
    return current;
  }

  /** Whether something newer than the version in force waits for a checkpoint. */
  boolean wantsCheckpoint() {
    return current != null && newest != null && !newest.equals(current) && !members.isEmpty();
  }

  /** Whether subtasks wait for a first version. */
  boolean isAwaited() {
    return !waiting.isEmpty();
  }

  /** Takes a version that the store agreed on; unless it was refused, it is in force soon. */
  void offer(Document document) {
    if (document.equals(lastRefused)) {
      return;
    }
    newest = document;
    if (current == null) {
      begin(document);
    } else if (wantsCheckpoint()) {
      effects.wantCheckpoint();
    }
  }

  private void begin(Document document) {
    current = document;
    decided.put(base, document);
    for (Member member : Set.copyOf(waiting)) {
      waiting.remove(member);
      welcome(member, document, base);
    }
  }

  /**
   * A subtask opens; it is welcomed as soon as there is a version for it. It asks again, and is
   * told the same, where an answer was lost; an attempt that was replaced meanwhile is not heard.
   */
  void hello(Member member) {
    if (members.keySet().stream().anyMatch(member::isReplacedBy)) {
      return;
    }
    members.keySet().removeIf(known -> known.place().equals(member.place()));
    Document document = current;
    if (document == null) {
      waiting.add(member);
      return;
    }
    // Kept: each attempt is reset anew, or all are restored.
    Long reset = resets.get(member.place());
    if (reset != null) {
      document = decided.get(reset);
      if (document == null) {
        failJob("nothing is known of checkpoint " + reset + ", to which a subtask was restored");
        return;
      }
    }
    welcome(member, document, reset != null ? reset : base);
    if (reset != null && unresolved != NONE && unheard.isEmpty()) {
      // Such as a savepoint's, whose completion nobody tells: the others may have switched.
      callTheRoll();
    }
  }

  private void welcome(Member member, Document document, long checkpoint) {
    if (members.isEmpty()) {
      // Whoever switched at an aborted checkpoint is gone.
      current = document;
      unresolved = NONE;
    }
    members.put(member, document);
    effects.welcome(member, document, checkpoint);
    if (unresolved == NONE && !document.equals(current)) {
      mixed();
    }
    if (wantsCheckpoint()) {
      effects.wantCheckpoint();
    }
  }

  /** An attempt has failed or was cancelled. */
  void failed(Member member) {
    waiting.remove(member);
    if (preparation != null && !preparation.isReady()) {
      decline("a subtask failed");
    }
    gone(member);
  }

  /** A subtask has finished, or otherwise hears nothing any more. */
  void gone(Member member) {
    members.remove(member);
    if (unheard.remove(member) && unheard.isEmpty()) {
      conclude();
    }
    if (preparation != null && preparation.settled(member)) {
      ready(preparation);
    }
  }

  /** A subtask was restored while others go on. */
  void reset(Place place, long checkpoint) {
    resets.put(place, checkpoint);
  }

  /**
   * All subtasks of an operator were restored, as part of the whole job.
   *
   * @param document that the checkpoint holds; null if it holds none for this operator
   */
  void restored(String operator, long checkpoint, @Nullable Document document) {
    members.keySet().removeIf(member -> member.place().operator().equals(operator));
    waiting.removeIf(member -> member.place().operator().equals(operator));
    resets.keySet().removeIf(place -> place.operator().equals(operator));
    unheard.clear();
    wary |= failing || unresolved != NONE;
    unresolved = NONE;
    failing = false;
    decline("the job was restored");
    base = checkpoint;
    if (document != null) {
      decided.clear();
      decided.put(checkpoint, document);
      current = document;
    } else if (checkpoint == NO_CHECKPOINT || !decided.containsKey(checkpoint)) {
      startAnew();
    }
  }

  // No checkpoint holds a version. The one that the job had is known to be usable.
  private void startAnew() {
    decided.clear();
    Document first = current != null ? current : newest;
    if (first != null) {
      begin(first);
    }
  }

  /** A coordinator is asked for its part of a checkpoint. */
  void checkpoint(long checkpoint, Completion completion) {
    if (failing || current == null) {
      completion.decline(failing ? "the job is going back" : "there is no configuration yet");
      return;
    }
    if (preparation != null && preparation.checkpoint() == checkpoint) {
      preparation.add(completion);
      return;
    }
    decline("checkpoint " + checkpoint + " has begun");
    preparation = new Preparation(checkpoint);
    preparation.add(completion);
    if (unresolved == NONE) {
      prepare(preparation);
    } else if (unheard.isEmpty()) {
      callTheRoll();
    }
  }

  private void prepare(Preparation next) {
    Document document = wantsCheckpoint() && !wary ? newest : current;
    if (document == null) {
      throw new IllegalStateException("nothing to prepare for");
    }
    next.propose(document, members.keySet());
    for (Member member : next.waitingFor()) {
      send(member, next, document);
    }
    if (next.isComplete()) {
      ready(next);
    }
  }

  private void send(Member member, Preparation to, Document document) {
    boolean known = document.equals(members.get(member));
    effects.prepare(member, new Prepare(to.checkpoint(), to.round(), known ? null : document));
  }

  /** A subtask has answered {@link Prepare}. */
  void prepared(Member member, long checkpoint, int round, @Nullable String refusal) {
    Preparation open = preparation;
    if (open == null
        || open.checkpoint() != checkpoint
        || open.round() != round
        || !open.waitingFor().contains(member)) {
      return;
    }
    if (refusal == null) {
      if (open.settled(member)) {
        ready(open);
      }
      return;
    }
    refuse(open, refusal);
  }

  private void refuse(Preparation open, String reason) {
    Document document = open.document();
    if (document == null || document.equals(current)) {
      open.decline("a subtask refuses the version in force: " + reason);
      preparation = null;
      return;
    }
    lastRefused = document;
    if (document.equals(newest)) {
      newest = null;
    }
    effects.refused(document, open.checkpoint(), reason);
    prepare(open);
  }

  private void ready(Preparation done) {
    Document document = done.document();
    if (document != null) {
      decided.put(done.checkpoint(), document);
      if (!document.equals(current)) {
        unresolved = done.checkpoint();
      }
    }
    done.confirm();
  }

  private void decline(String reason) {
    if (preparation != null) {
      preparation.decline(reason);
      preparation = null;
    }
  }

  /** A checkpoint has completed: it is what the job would go back to. */
  void completed(long checkpoint) {
    Document document = decided.get(checkpoint);
    if (document == null) {
      return;
    }
    wary = false;
    decided.headMap(checkpoint).clear();
    if (unresolved == checkpoint) {
      standAt(document);
    }
    if (!document.equals(lastInForce)) {
      lastInForce = document;
      effects.inForce(checkpoint, document, members.size());
    }
    if (wantsCheckpoint()) {
      effects.wantCheckpoint();
    }
  }

  private void standAt(Document document) {
    members.replaceAll((member, before) -> document);
    current = document;
    resolved();
  }

  private void resolved() {
    unresolved = NONE;
    unheard.clear();
    if (preparation != null && preparation.document() == null) {
      prepare(preparation);
    }
  }

  /** A checkpoint was aborted. */
  void aborted(long checkpoint) {
    if (preparation != null && preparation.checkpoint() == checkpoint && !preparation.isReady()) {
      decline("the checkpoint was aborted");
    }
    if (unresolved == checkpoint && unheard.isEmpty()) {
      effects.switchAborted(checkpoint);
      callTheRoll();
    }
  }

  private void callTheRoll() {
    unheard.addAll(members.keySet());
    if (unheard.isEmpty()) {
      conclude();
      return;
    }
    unheard.forEach(member -> effects.inquire(member, new Inquire(unresolved)));
  }

  /** A subtask has answered {@link Inquire}. */
  void standing(Member member, long checkpoint, boolean switched) {
    Document document = decided.get(checkpoint);
    if (checkpoint != unresolved || document == null || !unheard.remove(member)) {
      return;
    }
    if (switched) {
      members.put(member, document);
    }
    if (unheard.isEmpty()) {
      conclude();
    }
  }

  private void conclude() {
    Set<Document> versions = new HashSet<>(members.values());
    if (versions.size() > 1) {
      mixed();
    }
    if (versions.size() == 1 && !failing) {
      current = versions.iterator().next();
    }
    if (!failing) {
      resolved();
    }
    if (wantsCheckpoint()) {
      effects.wantCheckpoint();
    }
  }

  private void mixed() {
    if (failJobWhenMixed) {
      failJob("subtasks are under different versions after an aborted checkpoint");
    }
  }

  private void failJob(String reason) {
    if (!failing) {
      failing = true;
      decline(reason);
      effects.failJob(reason);
    }
  }

  /** Sends again what was not answered. */
  void repeat() {
    unheard.forEach(member -> effects.inquire(member, new Inquire(unresolved)));
    Preparation open = preparation;
    if (open != null && open.document() != null && !open.isReady()) {
      for (Member member : open.waitingFor()) {
        send(member, open, open.document());
      }
    }
  }

  /** Whether answers of subtasks are missing. */
  boolean isWaiting() {
    return !unheard.isEmpty() || (preparation != null && !preparation.isReady());
  }

  /** Gives up waiting for answers. */
  void giveUp() {
    if (!unheard.isEmpty()) {
      failJob("subtasks do not say whether they switched: " + unheard);
    }
    if (preparation != null && !preparation.isReady()) {
      decline("subtasks have not prepared: " + preparation.waitingFor());
    }
  }
}
