package io.weir.consensus.server.simulation;

import io.weir.consensus.server.paxos.Change;
import io.weir.consensus.server.paxos.Follower;
import io.weir.consensus.server.paxos.Message;
import io.weir.consensus.server.paxos.Outcome;
import io.weir.consensus.server.paxos.Past;
import io.weir.consensus.server.paxos.Registers;
import io.weir.consensus.server.paxos.Setting;
import io.weir.consensus.server.paxos.Surroundings;
import io.weir.consensus.server.storage.DurableAcceptor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node: the real core and the real log, in virtual time. */
final class SimulatedNode implements Surroundings, Follower.Target {

  static final int LIMIT_MILLIS = 400;
  private static final int ATTEMPT_MILLIS = 50;
  private static final int BACKOFF_MILLIS = 8;
  private static final int COMPACT_BYTES = 600;
  private static final int NEVER_COMPACT = Integer.MAX_VALUE;

  private final Simulation simulation;
  private final World world;
  private final String name;
  private final SimulatedDisk disk;
  private final int clockPercent;
  private final Map<String, byte[]> followed = new HashMap<>();
  private @Nullable DurableAcceptor acceptor;
  private @Nullable Registers registers;
  private @Nullable Follower follower;
  private boolean flushing;
  private int starts;
  private long pausedUntil;

  SimulatedNode(Simulation simulation, String name) {
    this.simulation = simulation;
    this.world = simulation.world();
    this.name = name;
    this.disk = new SimulatedDisk(world.random());
    this.clockPercent = 50 + world.number(100);
  }

  void start() {
    starts++;
    Build build = simulation.build();
    long compact = simulation.faults().compaction() ? COMPACT_BYTES : NEVER_COMPACT;
    try {
      acceptor = build.durable(build::acceptor, () -> build.log(disk, compact));
    } catch (IOException e) {
      acceptor = null;
      simulation.refusedToStart(name, e);
      return;
    }
    Registers made =
        build.registers(
            new Setting(
                name,
                build.incarnation(starts),
                simulation.names(),
                ATTEMPT_MILLIS,
                BACKOFF_MILLIS,
                this));
    registers = made;
    follower = build.follower(made, Chained::past, this);
    flushing = false;
    pausedUntil = 0;
  }

  /** The process ends; what it wrote is still with the operating system. */
  void kill() {
    acceptor = null;
    registers = null;
    follower = null;
    simulation.nodeDied(name);
  }

  void losePower() {
    kill();
    disk.losePower();
  }

  void pause(long millis) {
    pausedUntil = world.now() + millis;
  }

  boolean isUp() {
    return acceptor != null;
  }

  SimulatedDisk disk() {
    return disk;
  }

  /** What was delivered last of a register, by this life of the node or an earlier one. */
  byte[] followed(String key) {
    return followed.getOrDefault(key, new byte[0]);
  }

  /** Does something in this node, in this life of it, once it is not paused. */
  private World.Event inThisLife(long millis, Runnable action) {
    int life = starts;
    return world.after(
        millis,
        () -> {
          if (life != starts || acceptor == null) {
            return;
          }
          if (pausedUntil > world.now()) {
            World.Event unused = inThisLife(pausedUntil - world.now(), action);
          } else {
            action.run();
          }
        });
  }

  @Override
  public void send(String to, Message.Request request) {
    simulation.network().send(name, to, () -> simulation.node(to).asked(name, request));
  }

  /** A message outlives a restart of the node that it is for. */
  private void asked(String from, Message.Request request) {
    whenAwake(() -> handle(from, request));
  }

  /** A node that is down does nothing, one that is paused does it later. */
  private void whenAwake(Runnable action) {
    if (acceptor != null && pausedUntil > world.now()) {
      World.Event unused = inThisLife(pausedUntil - world.now(), action);
    } else if (acceptor != null) {
      action.run();
    }
  }

  private void handle(String from, Message.Request request) {
    DurableAcceptor open = acceptor;
    if (open == null) {
      return;
    }
    world.note(request.getClass().getSimpleName().hashCode());
    try {
      open.handle(request, reply -> answer(from, reply));
    } catch (IOException e) {
      kill();
      return;
    }
    if (!flushing) {
      flushing = true;
      World.Event unused = inThisLife(1 + world.number(5), this::flush);
    }
  }

  private void flush() {
    flushing = false;
    try {
      if (acceptor != null) {
        acceptor.flush();
      }
    } catch (IOException e) {
      kill(); // what is on disk is not known
    }
  }

  private void answer(String to, Message.Reply reply) {
    world.note(reply.getClass().getSimpleName().hashCode());
    simulation
        .network()
        .send(
            name,
            to,
            () -> {
              SimulatedNode target = simulation.node(to);
              target.whenAwake(() -> target.answered(name, reply));
            });
  }

  private void answered(String from, Message.Reply reply) {
    if (registers != null) {
      registers.received(from, reply);
    }
  }

  @Override
  public Timer after(long millis, Runnable task) {
    // Also while the node is paused, when the event itself has passed.
    boolean[] cancelled = {false};
    World.Event unused =
        inThisLife(
            Math.max(1, millis * clockPercent / 100),
            () -> {
              if (!cancelled[0]) {
                task.run();
              }
            });
    return () -> cancelled[0] = true;
  }

  @Override
  public int random(int bound) {
    return world.number(bound);
  }

  /** Changes a register for a client; false when the node is not there to ask. */
  boolean change(String key, Change change, Consumer<Outcome> whenDone) {
    if (registers == null) {
      return false;
    }
    whenAwake(() -> requireRegisters().change(key, change, LIMIT_MILLIS, whenDone));
    return true;
  }

  boolean read(String key, Consumer<Outcome> whenDone) {
    if (registers == null) {
      return false;
    }
    whenAwake(() -> requireRegisters().read(key, LIMIT_MILLIS, whenDone));
    return true;
  }

  private Registers requireRegisters() {
    if (registers == null) {
      throw new IllegalStateException(name + " is not running");
    }
    return registers;
  }

  /** Brings the node's own view of a register up to date. */
  void catchUp(String key) {
    boolean unused =
        read(
            key,
            outcome -> {
              if (outcome instanceof Outcome.Known known && follower != null) {
                follower.follow(key, known.state(), caughtUp -> {});
              }
            });
  }

  @Override
  public long number(String key) {
    return Chained.version(followed(key));
  }

  @Override
  public void take(String key, List<Past> missing, byte[] state) {
    for (Past past : missing) {
      deliver(key, past.about());
    }
    if (Chained.version(state) > number(key)) {
      deliver(key, state);
    }
  }

  private void deliver(String key, byte[] state) {
    byte[] before = followed(key);
    if (state.length != before.length + Integer.BYTES || !Chained.isPrefix(before, state)) {
      simulation.violation(
          "%s was delivered version %d behind version %d"
              .formatted(name, Chained.version(state), Chained.version(before)));
    }
    followed.put(key, state);
  }

  @Override
  public String previousHash(Past past) {
    return Chained.previousHash(past);
  }
}
