package io.weir.consensus.server.simulation;

import io.weir.consensus.server.paxos.Acceptor;
import io.weir.consensus.server.paxos.Archive;
import io.weir.consensus.server.paxos.Follower;
import io.weir.consensus.server.paxos.Past;
import io.weir.consensus.server.paxos.Registers;
import io.weir.consensus.server.paxos.Setting;
import io.weir.consensus.server.storage.AcceptorLog;
import io.weir.consensus.server.storage.Disk;
import io.weir.consensus.server.storage.DurableAcceptor;
import java.io.IOException;
import java.util.function.Supplier;

/** The parts that simulated nodes are made of: the real ones, unless a mutant replaces one. */
class Build {

  private static final Archive.Limits LIMITS = new Archive.Limits(1_000, 1_000, 1 << 20);

  Acceptor acceptor() {
    return new Acceptor(Chained::past, LIMITS);
  }

  AcceptorLog log(Disk disk, long compactBytes) {
    return new AcceptorLog(disk, compactBytes);
  }

  DurableAcceptor durable(Supplier<Acceptor> acceptors, Supplier<AcceptorLog> logs)
      throws IOException {
    return new DurableAcceptor(acceptors, logs);
  }

  Registers registers(Setting setting) {
    return new Registers(setting);
  }

  Follower follower(Registers registers, Past.Reader reader, Follower.Target target) {
    return new Follower(registers, reader, target, SimulatedNode.LIMIT_MILLIS);
  }

  /** How often a node was started, as it remembers it. */
  int incarnation(int starts) {
    return starts;
  }

  /** Whether a request knows its own work. */
  boolean knowsRequests() {
    return true;
  }
}
