package io.weir.consensus.server.history;

import io.weir.consensus.server.history.VersionedRegister.Agreed;
import io.weir.consensus.server.history.VersionedRegister.Answer;
import io.weir.consensus.server.history.VersionedRegister.Call;
import io.weir.consensus.server.history.VersionedRegister.Conflict;
import io.weir.consensus.server.history.VersionedRegister.Held;
import io.weir.consensus.server.history.VersionedRegister.Propose;
import io.weir.consensus.server.history.VersionedRegister.Read;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Clients of a correct register in virtual time. Each asks, waits for the answer, asks again; one
 * answer in fifty is lost, and what it was about happens much later or never. No document is
 * proposed twice.
 */
final class SimulatedClients {

  /** Something that happens at a time. */
  private record Event(long time, Runnable action) {}

  private final Random random;
  private final int wanted;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time));
  private final List<Operation<Call, Answer>> operations = new ArrayList<>();
  private Held held = new Held(0, "");
  private long now;
  private int called;

  private SimulatedClients(long seed, int operations) {
    this.random = new Random(seed);
    this.wanted = operations;
  }

  static List<Operation<Call, Answer>> run(long seed, int clients, int operations) {
    SimulatedClients simulation = new SimulatedClients(seed, operations);
    for (int i = 0; i < clients; i++) {
      String client = "c" + i;
      simulation.in(10, () -> simulation.ask(client));
    }
    simulation.run();
    return simulation.operations;
  }

  private void run() {
    for (Event next = events.poll(); next != null; next = events.poll()) {
      now = next.time();
      next.action().run();
    }
  }

  private void in(int most, Runnable action) {
    events.add(new Event(now + 1 + random.nextInt(most), action));
  }

  private void ask(String client) {
    if (called == wanted) {
      return;
    }
    int line = ++called;
    Call call =
        random.nextInt(3) == 0
            ? new Read()
            : new Propose(Math.max(0, held.version() - random.nextInt(4) / 3), "d" + line);
    long calledAt = now;
    if (random.nextInt(50) == 0) {
      operations.add(Operation.open(client, call, calledAt, line));
      in(random.nextInt(10) == 0 ? 10_000 : 10, () -> execute(call));
      in(20, () -> ask(client));
    } else {
      in(10, () -> answer(client, call, calledAt, execute(call), line));
    }
  }

  private Answer execute(Call call) {
    if (!(call instanceof Propose propose)) {
      return held;
    }
    if (propose.expected() != held.version()) {
      return new Conflict(held.version());
    }
    held = new Held(held.version() + 1, propose.hash());
    return new Agreed(held.version());
  }

  private void answer(String client, Call call, long calledAt, Answer answer, int line) {
    in(
        10,
        () -> {
          operations.add(new Operation<>(client, call, answer, calledAt, now, line, line));
          ask(client);
        });
  }
}
