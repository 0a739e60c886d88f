package io.weir.consensus.server.raft;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.impl.DefaultRaftServer;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.storage.StorageLevel;
import io.weir.consensus.log.LogStatus;
import io.weir.consensus.log.ReplicatedLog;
import io.weir.consensus.log.StateMachine;
import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.lifecycle.HaltHandler;
import io.weir.consensus.server.lifecycle.StartRefused;
import io.weir.consensus.server.peers.PeerSettings;
import io.weir.consensus.server.peers.PeerTls;
import io.weir.consensus.server.peers.Peers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of a Raft cluster of fixed members (Ongaro and Ousterhout, "In Search of an Understandable
 * Consensus Algorithm", 2014). A command that was answered is on the disks of a majority; so is
 * everything a barrier waited for.
 *
 * <p>The index a state machine is given counts commands; {@link #status} counts entries of the log,
 * each of which holds many commands or none.
 *
 * <p>Futures are completed on the node's own threads, which must not be blocked.
 */
public final class RaftLog implements ReplicatedLog {

  private static final Logger LOG = LoggerFactory.getLogger(RaftLog.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final Duration MESSAGE_LIMIT = Duration.ofSeconds(2);

  private final RaftSettings settings;
  private final Halt halt;
  private final DataDirectory directory;
  private final VoteFile votes;
  private final Peers peers;
  private final DurableRaftContext raft;
  private final Submitter submitter;
  private boolean closed;

  private RaftLog(
      RaftSettings settings,
      Halt halt,
      DataDirectory directory,
      VoteFile votes,
      StateMachine machine)
      throws IOException {
    this.settings = settings;
    this.halt = halt;
    this.directory = directory;
    this.votes = votes;
    this.peers = new Peers(peerSettings(settings));
    StaticMembership membership = new StaticMembership(settings);
    NodeProtocol protocol =
        new NodeProtocol(
            new NodeCommunication(membership, peers), settings.members().keySet(), halt);
    CommandType type = new CommandType(() -> new CommandService(machine, halt));
    this.raft =
        new DurableRaftContext(
            settings, membership, protocol, storage(settings), type, votes, halt);
    protocol.attach(raft);
    this.submitter = new Submitter(settings, protocol, raft, type, halt);
  }

  /** Starts a node that ends the process when it must not go on. */
  public static RaftLog start(RaftSettings settings, StateMachine machine)
      throws IOException, StartRefused {
    return start(settings, machine, HaltHandler.process());
  }

  /**
   * Starts a node: checks its directory, opens its log, listens, and looks for the others. Returns
   * without waiting for them; until a majority is there, nothing is appended.
   *
   * @throws StartRefused when the directory, the log, the port or the libraries are not this node's
   *     or not whole
   */
  public static RaftLog start(RaftSettings settings, StateMachine machine, HaltHandler handler)
      throws IOException, StartRefused {
    AtomixVersion.require();
    DataDirectory directory = settings.openDirectory();
    VoteFile votes = null;
    try {
      new LogFiles(directory.path()).verify();
      votes = VoteFile.open(directory.path());
      RaftLog log = new RaftLog(settings, new Halt(handler), directory, votes, machine);
      log.join();
      return log;
    } catch (IOException | StartRefused | RuntimeException e) {
      if (votes != null) {
        votes.close();
      }
      directory.close();
      throw e;
    }
  }

  private void join() throws StartRefused {
    try {
      peers.start();
    } catch (IOException e) {
      close();
      throw new StartRefused(
          "cannot listen on " + settings.members().get(settings.node()) + ": " + e, e);
    }
    CompletableFuture<?> unused =
        new DefaultRaftServer(raft)
            .bootstrap(settings.members().keySet().stream().map(MemberId::from).toList())
            .whenComplete((server, error) -> joined(error));
  }

  private void joined(@Nullable Throwable error) {
    if (error == null) {
      LOG.info("{} is a member of cluster {}", settings.node(), settings.cluster());
    } else {
      halt.now("the cluster cannot be joined", error);
    }
  }

  private static PeerSettings peerSettings(RaftSettings settings) throws IOException {
    PeerTls tls = settings.tls();
    return new PeerSettings(
        settings.cluster(), settings.address(), MESSAGE_LIMIT, tls == null ? null : tls.context());
  }

  private static RaftStorage storage(RaftSettings settings) {
    return RaftStorage.builder()
        .withPrefix(LogFiles.PREFIX)
        .withDirectory(settings.directory().toFile())
        .withStorageLevel(StorageLevel.DISK)
        .withMaxSegmentSize(RaftSettings.SEGMENT_BYTES)
        .withMaxEntrySize(RaftSettings.ENTRY_BYTES)
        .withDynamicCompaction(false)
        .withNamespace(RaftNamespaces.RAFT_STORAGE)
        .build();
  }

  @Override
  public CompletableFuture<byte[]> submit(byte[] command) {
    return submitter.submit(command);
  }

  @Override
  public CompletableFuture<Void> barrier() {
    return submitter.barrier();
  }

  @Override
  public LogStatus status() {
    boolean ready = raft.getState() == RaftContext.State.READY;
    return new LogStatus(
        settings.node(),
        ready ? raft.getRole().name().toLowerCase(Locale.ROOT) : "starting",
        raft.leaderName(),
        raft.getTerm(),
        raft.getCommitIndex(),
        raft.getLastApplied(),
        List.copyOf(new TreeSet<>(settings.members().keySet())));
  }

  /** Waits until the port and the files are free. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    halt.closing();
    submitter.close();
    CompletableFuture<Void> inactive = new CompletableFuture<>();
    raft.getThreadContext()
        .execute(
            () -> {
              raft.transition(RaftServer.Role.INACTIVE);
              raft.getLogWriter().flush();
              inactive.complete(null);
            });
    await(inactive, "the Raft server");
    raft.close();
    peers.close();
    closeFiles();
  }

  private void closeFiles() {
    try (directory;
        votes) {
      LOG.info("{} is closed", settings.node());
    } catch (IOException e) {
      LOG.warn("closing the files of {}", settings.node(), e);
    }
  }

  private static void await(CompletableFuture<Void> step, String what) {
    try {
      step.get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("{} did not stop", what, e);
    }
  }
}
