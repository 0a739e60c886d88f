package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.protocol.Member.Place;
import java.util.Set;
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
 * and others have not. Then a roll call finds out who has switched. All the same: the job goes on.
 * Mixed: it must go back to its last completed checkpoint, because records may already be under two
 * versions. There the version is not offered again before a checkpoint without it has completed: a
 * job whose switches are aborted whenever they are tried moves on all the same.
 *
 * <p>INVARIANT: outside a roll call all members stand at {@link #current}, or are about to when the
 * open switch completes.
 *
 * <p>Pure: no threads, clocks or Flink. Whoever calls guards it by a lock.
 */
public final class EpochProtocol {

  /** The checkpoint of a job that has none. */
  public static final long NO_CHECKPOINT = -1;

  private final EpochEffects effects;
  private final boolean failJobWhenMixed;
  private final Versions versions = new Versions();
  private final Members members = new Members();
  private final Decisions decisions = new Decisions();
  private final OpenSwitch openSwitch;
  private final Preparations preparations;

  private @Nullable Document lastInForce;
  private boolean failing;

  public EpochProtocol(EpochEffects effects, boolean failJobWhenMixed) {
    this.effects = effects;
    this.failJobWhenMixed = failJobWhenMixed;
    openSwitch = new OpenSwitch(effects, members);
    preparations = new Preparations(effects, versions, members, decisions, openSwitch);
  }

  /** What all members stand at; null before the first version is known. */
  public @Nullable Document current() {
    return versions.current();
  }

  /** Whether something newer than the version in force waits for a checkpoint. */
  public boolean wantsCheckpoint() {
    return versions.isBehind() && !members.isEmpty();
  }

  /** Whether subtasks wait for a first version. */
  public boolean isAwaited() {
    return members.isAnyWaiting();
  }

  /** Takes a version that the store agreed on; unless it was refused, it is in force soon. */
  public void offer(Document document) {
    if (!versions.offer(document)) {
      return;
    }
    if (versions.current() == null) {
      begin(document);
    } else {
      askForCheckpoint();
    }
  }

  private void askForCheckpoint() {
    if (wantsCheckpoint()) {
      effects.wantCheckpoint();
    }
  }

  private void begin(Document document) {
    versions.standAt(document);
    decisions.decide(decisions.base(), document);
    members.takeWaiting().forEach(member -> welcome(member, document, decisions.base()));
  }

  /**
   * A subtask opens; it is welcomed as soon as there is a version for it. It asks again, and is
   * told the same, where an answer was lost; an attempt that was replaced meanwhile is not heard.
   */
  public void hello(Member member) {
    if (members.isReplaced(member)) {
      return;
    }
    members.vacate(member.place());
    if (versions.current() == null) {
      members.await(member);
      return;
    }
    boolean isReset = decisions.isReset(member.place());
    long start = decisions.startOf(member.place());
    Document document = isReset ? decisions.behind(start) : versions.current();
    if (document == null) {
      failJob("nothing is known of checkpoint " + start + ", to which a subtask was restored");
      return;
    }
    welcome(member, document, start);
    if (isReset && openSwitch.isOpen() && !openSwitch.isRollCalled()) {
      // Such as a savepoint's, whose completion nobody tells: the others may have switched.
      callTheRoll();
    }
  }

  private void welcome(Member member, Document document, long checkpoint) {
    if (members.isEmpty()) {
      versions.standAt(document);
      openSwitch.lapse();
    }
    members.set(member, document);
    effects.welcome(member, document, checkpoint);
    if (!openSwitch.isOpen() && !versions.isCurrent(document)) {
      mixed();
    }
    askForCheckpoint();
  }

  /** An attempt has failed or was cancelled. */
  public void failed(Member member) {
    members.waitNoMore(member);
    if (preparations.isWaiting()) {
      preparations.decline("a subtask failed");
    }
    gone(member);
  }

  /** A subtask has finished, or otherwise hears nothing any more. */
  public void gone(Member member) {
    members.remove(member);
    if (openSwitch.settled(member) && !openSwitch.isRollCalled()) {
      conclude();
    }
    preparations.settled(member);
  }

  /** A subtask was restored while others go on. */
  public void reset(Place place, long checkpoint) {
    decisions.reset(place, checkpoint);
  }

  /**
   * All subtasks of an operator were restored, as part of the whole job.
   *
   * @param document that the checkpoint holds; null if it holds none for this operator
   */
  public void restored(String operator, long checkpoint, @Nullable Document document) {
    members.removeAll(operator);
    versions.beWary(failing || openSwitch.isOpen());
    openSwitch.close();
    failing = false;
    preparations.decline("the job was restored");
    decisions.restart(operator, checkpoint);
    if (document != null) {
      decisions.forgetAll();
      decisions.decide(checkpoint, document);
      versions.standAt(document);
    } else if (checkpoint == NO_CHECKPOINT || decisions.behind(checkpoint) == null) {
      startAnew();
    }
  }

  // No checkpoint holds a version.
  private void startAnew() {
    decisions.forgetAll();
    Document first = versions.first();
    if (first != null) {
      begin(first);
    }
  }

  /** A coordinator is asked for its part of a checkpoint. */
  public void checkpoint(long checkpoint, Completion completion) {
    if (failing || versions.current() == null) {
      completion.decline(failing ? "the job is going back" : "there is no configuration yet");
      return;
    }
    if (!preparations.add(checkpoint, completion)) {
      return;
    }
    if (!openSwitch.isOpen()) {
      preparations.goOn();
    } else if (!openSwitch.isRollCalled()) {
      callTheRoll();
    }
  }

  /** A subtask has answered what it was to prepare for; with a refusal, or null. */
  public void prepared(Member member, long checkpoint, int round, @Nullable String refusal) {
    preparations.answered(member, checkpoint, round, refusal);
  }

  /** A checkpoint has completed: it is what the job would go back to. */
  public void completed(long checkpoint) {
    Document document = decisions.behind(checkpoint);
    if (document == null) {
      return;
    }
    versions.beWaryNoMore();
    decisions.forgetBefore(checkpoint);
    if (openSwitch.isAt(checkpoint)) {
      standAt(document);
    }
    if (!document.equals(lastInForce)) {
      lastInForce = document;
      effects.inForce(checkpoint, document, members.count());
    }
    askForCheckpoint();
  }

  private void standAt(Document document) {
    members.setAll(document);
    versions.standAt(document);
    resolved();
  }

  private void resolved() {
    openSwitch.close();
    preparations.goOn();
  }

  /** A checkpoint was aborted. */
  public void aborted(long checkpoint) {
    preparations.aborted(checkpoint);
    if (openSwitch.isAt(checkpoint) && !openSwitch.isRollCalled()) {
      effects.switchAborted(checkpoint);
      callTheRoll();
    }
  }

  private void callTheRoll() {
    openSwitch.callTheRoll();
    if (!openSwitch.isRollCalled()) {
      conclude();
    }
  }

  /** A subtask has answered in a roll call. */
  public void standing(Member member, long checkpoint, boolean switched) {
    Document document = decisions.behind(checkpoint);
    if (!openSwitch.isAt(checkpoint) || document == null || !openSwitch.settled(member)) {
      return;
    }
    if (switched) {
      members.set(member, document);
    }
    if (!openSwitch.isRollCalled()) {
      conclude();
    }
  }

  private void conclude() {
    Set<Document> documents = members.documents();
    if (documents.size() > 1) {
      mixed();
    }
    if (documents.size() == 1 && !failing) {
      versions.standAt(documents.iterator().next());
    }
    if (!failing) {
      resolved();
    }
    askForCheckpoint();
  }

  private void mixed() {
    if (failJobWhenMixed) {
      failJob("subtasks are under different versions after an aborted checkpoint");
    }
  }

  private void failJob(String reason) {
    if (!failing) {
      failing = true;
      preparations.decline(reason);
      effects.failJob(reason);
    }
  }

  /** Sends again what was not answered. */
  public void repeat() {
    openSwitch.inquire();
    preparations.repeat();
  }

  /** Whether answers of subtasks are missing. */
  public boolean isWaiting() {
    return openSwitch.isRollCalled() || preparations.isWaiting();
  }

  /** Gives up waiting for answers. */
  public void giveUp() {
    if (openSwitch.isRollCalled()) {
      failJob("subtasks do not say whether they switched: " + openSwitch.unheard());
    }
    preparations.giveUp();
  }
}
