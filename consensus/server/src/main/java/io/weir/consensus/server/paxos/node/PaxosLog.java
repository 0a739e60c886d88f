package io.weir.consensus.server.paxos.node;

import io.weir.consensus.log.LogStatus;
import io.weir.consensus.log.LogUnavailable;
import io.weir.consensus.log.ReplicatedLog;
import io.weir.consensus.register.CommandCodec;
import io.weir.consensus.register.Mirror;
import io.weir.consensus.register.Register;
import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.lifecycle.HaltHandler;
import io.weir.consensus.server.lifecycle.StartRefused;
import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Message.Held;
import io.weir.consensus.server.paxos.Registers;
import io.weir.consensus.server.paxos.Setting;
import io.weir.consensus.server.paxos.Surroundings;
import io.weir.consensus.server.peers.PeerSettings;
import io.weir.consensus.server.peers.PeerTls;
import io.weir.consensus.server.peers.Peers;
import io.weir.consensus.server.storage.DamagedLog;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of a Paxos cluster of fixed members. What was answered is on the disks of a majority.
 *
 * <p>There is no log of all commands: each job is agreed on by itself, and {@link #status} counts
 * the states that were chosen as far as this node knows. Its leader is the preferred proposer.
 *
 * <p>Futures are completed on the node's own threads or on that of whoever asks, in this node or
 * another call; they must not be blocked.
 */
public final class PaxosLog implements ReplicatedLog {

  private static final Logger LOG = LoggerFactory.getLogger(PaxosLog.class);
  private static final Duration MESSAGE_LIMIT = Duration.ofSeconds(2);
  private static final int ATTEMPT_MILLIS = 500;
  private static final int BACKOFF_MILLIS = 10;
  private static final long MEET_MILLIS = 50;
  private static final long SWEEP_MILLIS = 1_000;
  private static final long TAKE_BACK_MILLIS = 25;
  private static final int MAX_PENDING = 4_096;

  private final PaxosSettings settings;
  private final Halt halt;
  private final NodeFolder folder;
  private final Peers peers;
  private final Loop loop;
  private final AcceptorThread acceptor;
  private final NodeNetwork network;
  private final Registers registers;
  private final Views views;
  private final Preferred preferred;
  private final Acquaintances acquaintances;
  private final Changer changer;
  private final Forwarder forwarder;
  private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private PaxosLog(PaxosSettings settings, Register register, NodeFolder folder, Halt halt)
      throws IOException, StartRefused {
    this.settings = settings;
    this.halt = halt;
    this.folder = folder;
    this.peers = new Peers(peerSettings(settings));
    this.loop = new Loop(settings.node(), halt);
    this.acceptor =
        new AcceptorThread(settings.node(), folder.disk(), settings.compactBytes(), halt);
    this.network = new NodeNetwork(settings, peers, acceptor, loop);
    this.registers =
        new Registers(
            new Setting(
                settings.node(),
                folder.incarnation(),
                List.copyOf(settings.members().keySet()),
                ATTEMPT_MILLIS,
                BACKOFF_MILLIS,
                network));
    Mirror mirror = new Mirror(register);
    this.views = new Views(registers, mirror, settings.submitLimit().toMillis());
    this.preferred = new Preferred(settings, peers);
    this.acquaintances = Acquaintances.open(settings, folder.directory(), peers, halt);
    this.changer = new Changer(registers, mirror, views, network, InstantSource.system());
    this.forwarder = new Forwarder(settings, peers, loop, preferred, changer::perform);
  }

  private static PeerSettings peerSettings(PaxosSettings settings) throws IOException {
    PeerTls tls = settings.tls();
    return new PeerSettings(
        settings.cluster(),
        settings.address(settings.node()),
        MESSAGE_LIMIT,
        tls == null ? null : tls.context());
  }

  /** Starts a node that ends the process when it must not go on. */
  public static PaxosLog start(PaxosSettings settings, Register register)
      throws IOException, StartRefused {
    return start(settings, register, HaltHandler.process());
  }

  /**
   * Starts a node: checks its folder, reads its log, listens. Returns without waiting for the
   * others.
   *
   * @param register follows what is agreed on; nobody else's
   * @throws StartRefused when the folder, the log or the port is not this node's or not whole
   */
  public static PaxosLog start(PaxosSettings settings, Register register, HaltHandler handler)
      throws IOException, StartRefused {
    NodeFolder folder = NodeFolder.open(settings);
    try {
      PaxosLog log = new PaxosLog(settings, register, folder, new Halt(handler));
      log.join();
      return log;
    } catch (DamagedLog e) {
      folder.close();
      throw new StartRefused(settings.directory() + ": " + e.getMessage(), e);
    } catch (IOException | StartRefused | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private void join() throws StartRefused {
    network.open(registers::received, this::chosen);
    forwarder.open(command -> submit(command, changer::perform, loop::leave));
    try {
      peers.start();
    } catch (IOException e) {
      close();
      throw new StartRefused("cannot listen on " + settings.address(settings.node()) + ": " + e, e);
    }
    preferred.ping();
    loop.execute(this::meet);
    loop.every(Preferred.PING_EVERY.toMillis(), preferred::ping);
    loop.every(TAKE_BACK_MILLIS, forwarder::takeBackLost);
    loop.every(SWEEP_MILLIS, this::sweep);
    LOG.info(
        "{} takes part in Paxos of cluster {}, start {}",
        settings.node(),
        settings.cluster(),
        folder.incarnation());
  }

  /** Until all members know this node: from then on it takes part. */
  private void meet() {
    if (acquaintances.isComplete()) {
      acceptor.begin();
      sweep();
    } else {
      acquaintances.introduce();
      loop.after(MEET_MILLIS, this::meet);
    }
  }

  /** Finds what was chosen without this node hearing of it. */
  private void sweep() {
    views.catchUpAll(
        SWEEP_MILLIS, caughtUp -> LOG.trace("{} is up to date: {}", settings.node(), caughtUp));
  }

  private void chosen(Ballot ballot, Held held) {
    String key = held.key();
    byte[] state = held.state();
    Consumer<Boolean> whenDone =
        caughtUp -> LOG.trace("{} has taken {} of {}", settings.node(), ballot, key);
    if (state != null && held.accepted().equals(ballot)) {
      registers.learn(key, ballot, state);
      views.take(key, ballot, state, whenDone);
    } else {
      views.catchUp(key, SWEEP_MILLIS, whenDone);
    }
  }

  @Override
  public CompletableFuture<byte[]> submit(byte[] command) {
    return submit(command, forwarder::route, loop::execute);
  }

  private CompletableFuture<byte[]> submit(
      byte[] command, Consumer<Submission> way, Executor executor) {
    long limit = settings.submitLimit().toMillis();
    Submission submission;
    try {
      submission = new Submission(command, CommandCodec.decode(command), limit);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a command", e);
    }
    return tracked(
        submission.answer(),
        () -> {
          endLater(submission.answer(), network.after(limit, submission::giveUp));
          way.accept(submission);
        },
        executor);
  }

  @Override
  public CompletableFuture<Void> barrier() {
    return barrier((limit, whenDone) -> views.catchUpAll(limit, whenDone), "");
  }

  @Override
  public CompletableFuture<Void> barrier(String job) {
    return barrier(
        (limit, whenDone) -> views.catchUp(Keys.head(job), limit, whenDone),
        " on job '" + job + "'");
  }

  /** A way to catch up. */
  private interface CatchingUp {
    void start(long limitMillis, Consumer<Boolean> whenDone);
  }

  private CompletableFuture<Void> barrier(CatchingUp way, String onWhat) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    long limit = settings.submitLimit().toMillis();
    LogUnavailable failure =
        new LogUnavailable("no majority of the nodes agrees" + onWhat + " within " + limit + " ms");
    return tracked(
        reached,
        () -> {
          endLater(reached, network.after(limit, () -> reached.completeExceptionally(failure)));
          way.start(
              limit,
              caughtUp -> {
                if (caughtUp) {
                  reached.complete(null);
                } else {
                  reached.completeExceptionally(failure);
                }
              });
        },
        loop::execute);
  }

  private static void endLater(CompletableFuture<?> future, Surroundings.Timer limit) {
    CompletableFuture<?> unused = future.whenComplete((value, failure) -> limit.cancel());
  }

  @SuppressWarnings("CollectionUndefinedEquality") // Futures are told apart by identity.
  private <T> CompletableFuture<T> tracked(
      CompletableFuture<T> future, Runnable work, Executor executor) {
    pending.add(future);
    CompletableFuture<?> unused = future.whenComplete((value, failure) -> pending.remove(future));
    if (closed) {
      future.completeExceptionally(new LogUnavailable("this node is closed"));
    } else if (pending.size() > MAX_PENDING) {
      future.completeExceptionally(new LogUnavailable("too many requests wait on this node"));
    } else {
      executor.execute(work);
    }
    return future;
  }

  @Override
  public LogStatus status() {
    String proposer = preferred.now();
    return new LogStatus(
        settings.node(),
        proposer.equals(settings.node()) ? "proposer" : "acceptor",
        proposer,
        folder.incarnation(),
        views.chosenCount(),
        views.takenCount(),
        List.copyOf(settings.members().keySet()));
  }

  /** Waits until the port and the files are free. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    halt.closing();
    peers.close();
    acquaintances.close();
    loop.close();
    acceptor.close();
    LogUnavailable reason = new LogUnavailable("this node is being closed");
    pending.forEach(future -> future.completeExceptionally(reason));
    try {
      folder.close();
      LOG.info("{} is closed", settings.node());
    } catch (IOException e) {
      LOG.warn("closing the folder of {}", settings.node(), e);
    }
  }
}
