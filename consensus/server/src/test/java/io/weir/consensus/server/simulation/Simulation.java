package io.weir.consensus.server.simulation;

import io.weir.consensus.server.history.History;
import io.weir.consensus.server.history.Operation;
import io.weir.consensus.server.history.VersionedRegister;
import io.weir.consensus.server.history.VersionedRegister.Answer;
import io.weir.consensus.server.history.VersionedRegister.Call;
import io.weir.consensus.server.history.VersionedRegister.Held;
import io.weir.consensus.server.history.VersionedRegister.Read;
import io.weir.consensus.server.paxos.Outcome;
import io.weir.consensus.server.storage.DamagedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Three nodes, four clients, and faults, all decided by one seed. When the faults have stopped
 * every node must answer, and what was answered all along must be linearizable.
 */
final class Simulation {

  /** What a run came to. */
  record Result(long seed, Faults faults, List<String> violations, long hash, int operations) {}

  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final int KEYS = 2;
  private static final int CLIENTS = 4;
  private static final int OPERATIONS_EACH = 12;
  private static final int STRIKE_EVERY_MILLIS = 60;
  private static final int FOLLOW_EVERY_MILLIS = 80;
  private static final int MOST_MILLIS = 20_000;
  private static final int CALM_MILLIS = 2_000;
  private static final int STEP_MILLIS = 20;

  private final World world;
  private final Build build;
  private final Faults faults;
  private final Network network;
  private final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final Map<String, List<Operation<Call, Answer>>> operations = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private int lines;
  private boolean calm;

  private Simulation(long seed, Build build) {
    this.world = new World(seed);
    this.build = build;
    this.faults = seed % 16 == 0 ? Faults.none() : Faults.of(world.random());
    this.network = new Network(world, faults);
    for (int i = 0; i < KEYS; i++) {
      operations.put("k" + i, new ArrayList<>());
    }
    NAMES.forEach(name -> nodes.put(name, new SimulatedNode(this, name)));
  }

  static Result run(long seed, Build build) {
    Simulation simulation = new Simulation(seed, build);
    try {
      simulation.run();
    } catch (RuntimeException e) {
      // A real node halts at what its core throws.
      simulation.violations.add("a node threw " + e);
    }
    return new Result(
        seed,
        simulation.faults,
        simulation.violations,
        simulation.world.hash(),
        simulation.operations.values().stream().mapToInt(List::size).sum());
  }

  private void run() {
    nodes.values().forEach(SimulatedNode::start);
    for (int i = 0; i < CLIENTS; i++) {
      SimulatedClient client = new SimulatedClient(this, "client" + i, OPERATIONS_EACH, KEYS);
      clients.add(client);
      client.start();
    }
    strikeLater();
    followLater();
    while (world.now() < MOST_MILLIS && !clients.stream().allMatch(SimulatedClient::isDone)) {
      world.runUntil(world.now() + STRIKE_EVERY_MILLIS);
    }
    becomeCalm();
    new History<>("register", new VersionedRegister(), operations)
        .violations(History.MAX_CONFIGURATIONS)
        .forEach(violation -> violations.add(violation.toString()));
  }

  private void strikeLater() {
    if (!faults.strikes().isEmpty()) {
      World.Event unused = world.after(1 + world.number(STRIKE_EVERY_MILLIS), this::strike);
    }
  }

  private void strike() {
    if (calm) {
      return;
    }
    Faults.Strike strike = faults.strikes().get(world.number(faults.strikes().size()));
    SimulatedNode node = anyNode();
    String from = NAMES.get(world.number(NAMES.size()));
    String to = NAMES.get(world.number(NAMES.size()));
    switch (strike) {
      case ONE_WAY_CUT -> cut(from, to);
      case FULL_CUT -> {
        cut(from, to);
        cut(to, from);
      }
      case CRASH -> restartLater(node, node::kill);
      case PAUSE -> node.pause(20 + world.number(200));
      case POWER_LOSS -> restartLater(node, node::losePower);
      case POWER_LOSS_OF_ALL -> nodes.values().forEach(each -> restartLater(each, each::losePower));
      case FULL_DISK -> fill(node);
      case FAILING_DISK -> node.disk().failOnce();
    }
    strikeLater();
  }

  private void cut(String from, String to) {
    if (!from.equals(to)) {
      network.cut(from, to);
      World.Event unused = world.after(20 + world.number(250), () -> network.mend(from, to));
    }
  }

  private void restartLater(SimulatedNode node, Runnable strike) {
    if (node.isUp()) {
      strike.run();
    }
  }

  /** A node that died is started again, whatever it died of. */
  void nodeDied(String name) {
    if (!calm) {
      World.Event unused =
          world.after(
              1 + world.number(120),
              () -> {
                if (!calm && !node(name).isUp()) {
                  node(name).start();
                }
              });
    }
  }

  private void fill(SimulatedNode node) {
    node.disk().fill(true);
    World.Event unused = world.after(10 + world.number(150), () -> node.disk().fill(false));
  }

  private void followLater() {
    World.Event unused =
        world.after(
            FOLLOW_EVERY_MILLIS,
            () -> {
              if (!calm) {
                anyNode().catchUp("k" + world.number(KEYS));
                followLater();
              }
            });
  }

  private void becomeCalm() {
    calm = true;
    network.heal();
    for (SimulatedNode node : nodes.values()) {
      node.disk().repair();
      node.pause(0);
      if (!node.isUp()) {
        node.start();
      }
    }
    world.runUntil(world.now() + CALM_MILLIS / 2);
    for (SimulatedNode node : nodes.values()) {
      operations.keySet().forEach(key -> mustAnswer(node, key));
    }
  }

  private void mustAnswer(SimulatedNode node, String key) {
    long calledAt = world.now();
    boolean[] answered = {false};
    boolean asked =
        node.read(
            key,
            outcome -> {
              if (outcome instanceof Outcome.Known known) {
                answered[0] = true;
                byte[] state = known.state();
                operations
                    .get(key)
                    .add(
                        new Operation<>(
                            "last",
                            new Read(),
                            new Held(Chained.version(state), Chained.value(state)),
                            calledAt,
                            world.now(),
                            lines,
                            lines));
                if (!Chained.isPrefix(node.followed(key), state)) {
                  violation("what was delivered of " + key + " is not what was chosen");
                }
              }
            });
    long end = world.now() + CALM_MILLIS;
    while (asked && !answered[0] && world.now() < end) {
      world.runUntil(world.now() + STEP_MILLIS);
    }
    if (!asked || !answered[0]) {
      violation("a node does not answer after all faults have stopped");
    }
    node.catchUp(key);
    world.runUntil(world.now() + STEP_MILLIS);
  }

  /** It tries again later; but it must never find damage where there was none. */
  void refusedToStart(String name, IOException reason) {
    if (reason instanceof DamagedLog) {
      violation(name + " refused to start: " + reason.getMessage());
    }
    nodeDied(name);
  }

  void violation(String what) {
    violations.add(what);
  }

  void recorded(int key, Operation<Call, Answer> operation) {
    operations.get("k" + key).add(operation);
  }

  int nextLine() {
    return ++lines;
  }

  World world() {
    return world;
  }

  Build build() {
    return build;
  }

  Faults faults() {
    return faults;
  }

  Network network() {
    return network;
  }

  List<String> names() {
    return NAMES;
  }

  SimulatedNode node(String name) {
    SimulatedNode node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException(name + " is none of " + NAMES);
    }
    return node;
  }

  SimulatedNode anyNode() {
    return node(NAMES.get(world.number(NAMES.size())));
  }
}
