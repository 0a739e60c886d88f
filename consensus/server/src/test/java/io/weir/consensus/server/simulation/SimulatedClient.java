package io.weir.consensus.server.simulation;

import io.weir.consensus.server.history.Operation;
import io.weir.consensus.server.history.VersionedRegister.Agreed;
import io.weir.consensus.server.history.VersionedRegister.Answer;
import io.weir.consensus.server.history.VersionedRegister.Call;
import io.weir.consensus.server.history.VersionedRegister.Conflict;
import io.weir.consensus.server.history.VersionedRegister.Held;
import io.weir.consensus.server.history.VersionedRegister.Propose;
import io.weir.consensus.server.history.VersionedRegister.Read;
import io.weir.consensus.server.paxos.Outcome;
import org.jspecify.annotations.Nullable;

/** A client that reads and compares-and-sets at nodes of its choice, one after the other. */
final class SimulatedClient {

  /** A node that died with the question answers nothing. */
  private static final int PATIENCE_MILLIS = 2 * SimulatedNode.LIMIT_MILLIS;

  private final Simulation simulation;
  private final World world;
  private final String name;
  private final int[] known;
  private int left;

  SimulatedClient(Simulation simulation, String name, int operations, int keys) {
    this.simulation = simulation;
    this.world = simulation.world();
    this.name = name;
    this.left = operations;
    this.known = new int[keys];
  }

  boolean isDone() {
    return left == 0;
  }

  /** One operation, from its call to its answer. */
  private final class Running {
    private final int key;
    private final Call call;
    private final int line;
    private final long calledAt = world.now();
    private boolean done;

    Running(int key, Call call, int line) {
      this.key = key;
      this.call = call;
      this.line = line;
    }

    void end(@Nullable Answer answer) {
      if (done) {
        return;
      }
      done = true;
      simulation.recorded(
          key,
          answer == null
              ? Operation.open(name, call, calledAt, line)
              : new Operation<>(name, call, answer, calledAt, world.now(), line, line));
      goOn();
    }

    /** It certainly never happens. */
    void forget() {
      if (!done) {
        done = true;
        goOn();
      }
    }
  }

  void goOn() {
    left--;
    if (left > 0) {
      World.Event unused = world.after(1 + world.number(12), this::ask);
    }
  }

  void start() {
    World.Event unused = world.after(1 + world.number(12), this::ask);
  }

  private void ask() {
    int key = world.number(known.length);
    SimulatedNode node = simulation.anyNode();
    int line = simulation.nextLine();
    if (world.number(3) == 0) {
      read(node, new Running(key, new Read(), line));
    } else {
      int expected = Math.max(0, known[key] - world.number(5) / 4);
      propose(node, new Running(key, new Propose(expected, "d" + line), line), expected);
    }
  }

  private void read(SimulatedNode node, Running running) {
    boolean asked =
        node.read(
            "k" + running.key,
            outcome -> {
              if (outcome instanceof Outcome.Known found) {
                int version = Chained.version(found.state());
                known[running.key] = Math.max(known[running.key], version);
                running.end(new Held(version, Chained.value(found.state())));
              } else {
                running.forget();
              }
            });
    giveUpLater(running, asked);
  }

  private void propose(SimulatedNode node, Running running, int expected) {
    int request = running.line;
    boolean asked =
        node.change(
            "k" + running.key,
            state -> next(state, expected, request),
            outcome -> proposed(running, request, outcome));
    giveUpLater(running, asked);
  }

  private byte[] next(byte[] state, int expected, int request) {
    boolean mine = simulation.build().knowsRequests() && Chained.versionOf(state, request) > 0;
    return mine || Chained.version(state) != expected ? state : Chained.with(state, request);
  }

  private void proposed(Running running, int request, Outcome outcome) {
    if (outcome instanceof Outcome.Known chosen) {
      int made = lastVersion(chosen.state(), request);
      int newest = Chained.version(chosen.state());
      known[running.key] = Math.max(known[running.key], newest);
      running.end(made > 0 ? new Agreed(made) : new Conflict(newest));
    } else if (outcome instanceof Outcome.Unavailable) {
      running.forget();
    } else {
      running.end(null);
    }
  }

  /** Who does not know their own request takes only what is there now for their work. */
  private int lastVersion(byte[] state, int request) {
    int made = Chained.versionOf(state, request);
    return simulation.build().knowsRequests() || made == Chained.version(state) ? made : 0;
  }

  private void giveUpLater(Running running, boolean asked) {
    if (!asked) {
      running.forget();
      return;
    }
    World.Event unused =
        world.after(
            PATIENCE_MILLIS,
            () -> {
              if (running.call instanceof Propose) {
                running.end(null);
              } else {
                running.forget();
              }
            });
  }
}
