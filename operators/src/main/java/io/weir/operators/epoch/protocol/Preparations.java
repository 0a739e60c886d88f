package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import org.jspecify.annotations.Nullable;

/**
 * Prepares checkpoints, one at a time: proposes a version to all members, and the one in force
 * where they refuse it. A preparation that begins during a roll call waits for its end.
 */
final class Preparations {

  private final EpochEffects effects;
  private final Versions versions;
  private final Members members;
  private final Decisions decisions;
  private final OpenSwitch openSwitch;
  private @Nullable Preparation latest;

  Preparations(
      EpochEffects effects,
      Versions versions,
      Members members,
      Decisions decisions,
      OpenSwitch openSwitch) {
    this.effects = effects;
    this.versions = versions;
    this.members = members;
    this.decisions = decisions;
    this.openSwitch = openSwitch;
  }

  /** A coordinator asks; returns whether it is the first one to ask about the checkpoint. */
  boolean add(long checkpoint, Completion completion) {
    Preparation known = latest;
    if (known != null && known.checkpoint() == checkpoint) {
      known.add(completion);
      return false;
    }
    decline("checkpoint " + checkpoint + " has begun");
    latest = new Preparation(effects, members, checkpoint);
    latest.add(completion);
    return true;
  }

  /** Proposes what nothing was proposed for yet. */
  void goOn() {
    if (latest != null && latest.document() == null) {
      propose(latest);
    }
  }

  private void propose(Preparation to) {
    to.propose(versions.next(!members.isEmpty()));
    if (to.isComplete()) {
      ready(to);
    }
  }

  /** A member has answered; with a refusal, or null. */
  void answered(Member member, long checkpoint, int round, @Nullable String refusal) {
    if (latest == null || !latest.awaits(member, checkpoint, round)) {
      return;
    }
    if (refusal != null) {
      refuse(latest, refusal);
    } else {
      settled(member);
    }
  }

  private void refuse(Preparation refused, String reason) {
    Document document = refused.document();
    if (document == null || versions.isCurrent(document)) {
      decline("a subtask refuses the version in force: " + reason);
      return;
    }
    versions.refuse(document);
    effects.refused(document, refused.checkpoint(), reason);
    propose(refused);
  }

  /** A member has prepared, or is gone. */
  void settled(Member member) {
    if (latest != null && latest.settled(member)) {
      ready(latest);
    }
  }

  private void ready(Preparation done) {
    Document document = done.document();
    if (document != null) {
      decisions.decide(done.checkpoint(), document);
      if (!versions.isCurrent(document)) {
        openSwitch.open(done.checkpoint());
      }
    }
    done.confirm();
  }

  /** A checkpoint was aborted: who has not prepared for it need not. */
  void aborted(long checkpoint) {
    if (isWaiting() && latest != null && latest.checkpoint() == checkpoint) {
      decline("the checkpoint was aborted");
    }
  }

  void decline(String reason) {
    if (latest != null) {
      latest.decline(reason);
      latest = null;
    }
  }

  /** Whether members have not answered yet. */
  boolean isWaiting() {
    return latest != null && !latest.isReady();
  }

  /** Sends again what was not answered. */
  void repeat() {
    if (latest != null) {
      latest.repeat();
    }
  }

  /** Gives up waiting for answers. */
  void giveUp() {
    if (latest != null && !latest.isReady()) {
      decline("subtasks have not prepared: " + latest.waitingFor());
    }
  }
}
