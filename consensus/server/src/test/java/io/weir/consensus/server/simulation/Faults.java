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
    List<Strike> strikes = new ArrayList<>();
    add(strikes, oneWayCuts, Strike.ONE_WAY_CUT);
    add(strikes, fullCuts, Strike.FULL_CUT);
    add(strikes, crashes, Strike.CRASH);
    add(strikes, pauses, Strike.PAUSE);
    add(strikes, powerLoss, Strike.POWER_LOSS);
    add(strikes, powerLossOfAll, Strike.POWER_LOSS_OF_ALL);
    add(strikes, fullDisks, Strike.FULL_DISK);
    add(strikes, failingDisks, Strike.FAILING_DISK);
    return strikes;
  }

  private static void add(List<Strike> strikes, boolean on, Strike strike) {
    if (on) {
      strikes.add(strike);
    }
  }
}
