package io.weir.consensus.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Which kinds of faults a run has. Each is on in about half of the runs, so that none hides behind
 * another (Groce et al., <i>Swarm Testing</i>, 2012).
 */
record Faults(
    boolean loss,
    boolean doubling,
    boolean overtaking,
    boolean oneWayCuts,
    boolean fullCuts,
    boolean crashes,
    boolean pauses,
    boolean powerLoss,
    boolean powerLossOfAll,
    boolean fullDisks,
    boolean failingDisks,
    boolean compaction) {

  /** What can be done to the nodes while they work. */
  enum Strike {
    ONE_WAY_CUT,
    FULL_CUT,
    CRASH,
    PAUSE,
    POWER_LOSS,
    POWER_LOSS_OF_ALL,
    FULL_DISK,
    FAILING_DISK
  }

  static Faults of(Random random) {
    return new Faults(
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  static Faults none() {
    return new Faults(
        false, false, false, false, false, false, false, false, false, false, false, false);
  }

  List<Strike> strikes() {
    boolean[] on = {
      oneWayCuts, fullCuts, crashes, pauses, powerLoss, powerLossOfAll, fullDisks, failingDisks
    };
    List<Strike> strikes = new ArrayList<>();
    for (Strike strike : Strike.values()) {
      if (on[strike.ordinal()]) {
        strikes.add(strike);
      }
    }
    return strikes;
  }
}
