package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Inquire;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The checkpoint that changes the version and has neither completed nor been cleared up; and the
 * roll call that clears it up: all members are asked whether they switched, and whoever has not
 * will not switch at it any more.
 */
final class OpenSwitch {

  private static final long NONE = Long.MIN_VALUE;

  private final EpochEffects effects;
  private final Members members;
  private final Set<Member> unheard = new LinkedHashSet<>();
  private long checkpoint = NONE;

  OpenSwitch(EpochEffects effects, Members members) {
    this.effects = effects;
    this.members = members;
  }

  boolean isOpen() {
    return checkpoint != NONE;
  }

  boolean isAt(long asked) {
    return checkpoint == asked;
  }

  void open(long atCheckpoint) {
    checkpoint = atCheckpoint;
  }

  void close() {
    lapse();
    unheard.clear();
  }

  /** Nobody is left who could have switched. */
  void lapse() {
    checkpoint = NONE;
  }

  /** Asks all members. */
  void callTheRoll() {
    unheard.addAll(members.all());
    inquire();
  }

  /** Asks those again that have not answered. */
  void inquire() {
    unheard.forEach(member -> effects.inquire(member, new Inquire(checkpoint)));
  }

  boolean isRollCalled() {
    return !unheard.isEmpty();
  }

  Set<Member> unheard() {
    return Set.copyOf(unheard);
  }

  /** Notes that a member has answered, or is gone; returns whether its answer was missing. */
  boolean settled(Member member) {
    return unheard.remove(member);
  }
}
