package io.weir.consensus.server.simulation;

import java.util.HashSet;
import java.util.Set;

/** Carries messages, or not, once or twice, sooner or later. */
final class Network {

  private final World world;
  private final Faults faults;
  private final Set<String> cuts = new HashSet<>();
  private boolean healed;

  Network(World world, Faults faults) {
    this.world = world;
    this.faults = faults;
  }

  void send(String from, String to, Runnable arrival) {
    if (cuts.contains(from + ">" + to)) {
      return;
    }
    boolean self = from.equals(to);
    if (faults.loss() && !healed && !self && world.oneIn(12)) {
      return;
    }
    World.Event unused = world.after(delay(self), arrival);
    if (faults.doubling() && !healed && world.oneIn(8)) {
      unused = world.after(delay(self) + world.number(40), arrival);
    }
  }

  private long delay(boolean self) {
    if (self) {
      return world.number(2);
    }
    boolean late = faults.overtaking() && !healed && world.oneIn(10);
    return 1L + world.number(late ? 150 : 6);
  }

  void cut(String from, String to) {
    cuts.add(from + ">" + to);
  }

  void mend(String from, String to) {
    cuts.remove(from + ">" + to);
  }

  void heal() {
    healed = true;
    cuts.clear();
  }
}
