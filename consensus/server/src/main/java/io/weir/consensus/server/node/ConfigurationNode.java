package io.weir.consensus.server.node;

import io.weir.consensus.log.ReplicatedLog;
import io.weir.consensus.register.Register;
import io.weir.consensus.server.access.TokenFile;
import io.weir.consensus.server.access.Tokens;
import io.weir.consensus.server.front.Front;
import io.weir.consensus.server.front.FrontSettings;
import io.weir.consensus.server.lifecycle.StartRefused;
import io.weir.consensus.server.paxos.node.PaxosLog;
import io.weir.consensus.server.paxos.node.PaxosSettings;
import io.weir.consensus.server.peers.PeerTls;
import io.weir.consensus.server.raft.RaftLog;
import io.weir.consensus.server.raft.RaftSettings;
import io.weir.consensus.server.schema.JsonSchemaCheck;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A running node: a register driven by Raft's log or by Paxos, and a front before it. It ends the
 * process when it must not go on.
 */
public final class ConfigurationNode implements AutoCloseable {

  private final Front front;
  private final RegisterStore store;
  private final ExecutorService watches;

  private ConfigurationNode(Front front, RegisterStore store, ExecutorService watches) {
    this.front = front;
    this.store = store;
    this.watches = watches;
  }

  /**
   * Starts a node; it answers at once, and works as soon as a majority of the members runs.
   *
   * @throws StartRefused when its data is not this node's, or not whole
   * @throws IOException when a file or an address cannot be used
   */
  public static ConfigurationNode start(NodeSettings settings) throws IOException, StartRefused {
    Tokens tokens = TokenFile.read(settings.front().tokens());
    Register register = new Register();
    ReplicatedLog log = log(settings, register);
    ExecutorService watches = Executors.newSingleThreadExecutor(ConfigurationNode::watchThread);
    RegisterStore store = new RegisterStore(register, log, new JsonSchemaCheck(), watches);
    try {
      Front front = new Front(front(settings), store, log::status, tokens);
      return new ConfigurationNode(front, store, watches);
    } catch (IOException | RuntimeException e) {
      store.close();
      watches.shutdownNow();
      throw e;
    }
  }

  private static ReplicatedLog log(NodeSettings settings, Register register)
      throws IOException, StartRefused {
    return settings.algorithm() == Algorithm.PAXOS
        ? PaxosLog.start(paxos(settings), register)
        : RaftLog.start(raft(settings), register);
  }

  private static Thread watchThread(Runnable work) {
    Thread thread = new Thread(work, "weir-watches");
    thread.setDaemon(true);
    return thread;
  }

  private static RaftSettings raft(NodeSettings settings) throws IOException {
    return RaftSettings.of(settings.cluster(), settings.node(), settings.members(), settings.data())
        .withTimeouts(settings.raft().electionTimeout(), settings.raft().heartbeat())
        .withSubmitLimit(settings.raft().submitLimit())
        .withTls(tls(settings.peers()));
  }

  private static PaxosSettings paxos(NodeSettings settings) throws IOException {
    return PaxosSettings.of(
            settings.cluster(), settings.node(), settings.members(), settings.data())
        .withSilence(settings.raft().electionTimeout())
        .withSubmitLimit(settings.raft().submitLimit())
        .withTls(tls(settings.peers()));
  }

  private static PeerTls tls(NodeSettings.Peers peers) throws IOException {
    String password = Files.readString(peers.passwordFile()).strip();
    return new PeerTls(peers.keyStore(), password, peers.trustStore(), password);
  }

  private static FrontSettings front(NodeSettings settings) {
    NodeSettings.FrontFiles front = settings.front();
    return FrontSettings.of(
        front.listen().getHostString(), front.listen().getPort(), front.certificate(), front.key());
  }

  /** Where the front listens. */
  public int port() {
    return front.port();
  }

  /** Finishes what is under way, and leaves its cluster in order. */
  @Override
  public void close() {
    front.close();
    store.close();
    watches.shutdownNow();
  }
}
