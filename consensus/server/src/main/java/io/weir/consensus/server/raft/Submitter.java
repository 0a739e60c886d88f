package io.weir.consensus.server.raft;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.protocol.CommandResponse;
import io.atomix.protocols.raft.protocol.OpenSessionResponse;
import io.atomix.protocols.raft.protocol.RaftResponse.Status;
import io.weir.consensus.log.LogUnavailable;
import io.weir.consensus.server.lifecycle.Halt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings this node's commands to the leader: many in one entry of the log, a few entries in flight.
 * When the local server hears of a new leader, or the leader does not answer, everything unanswered
 * goes to the leader of the moment again, in its order. What is not answered within the time limit
 * is given up.
 *
 * <p>Barriers write nothing: a {@link ReadRound} asks for many of them at once.
 *
 * <p>{@link #submit} and {@link #barrier} from any thread; all state belongs to one thread.
 */
final class Submitter implements AutoCloseable {

  private static final int MAX_IN_FLIGHT = 2;
  private static final int MAX_PENDING = 4096;
  private static final long MAX_PENDING_BYTES = 32L << 20;
  private static final int MAX_BATCH = 1024;
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
  private static final int KEEP_ALIVE_BATCHES = 256;
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final Duration CONNECT = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RaftSettings settings;
  private final NodeProtocol protocol;
  private final DurableRaftContext raft;
  private final CommandType type;
  private final ProgressWatch progress;
  private final ScheduledExecutorService thread;
  private final Executor onThread;

  private final Queue<Pending> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean pumpQueued = new AtomicBoolean();
  private final AtomicInteger pendingCount = new AtomicInteger();
  private final AtomicLong pendingBytes = new AtomicLong();

  private final ArrayDeque<Pending> queue = new ArrayDeque<>();
  private final Barriers barriers = new Barriers();
  private @Nullable LeaderSession session;
  private long lastUsedNanos;
  private long lastKeptNanos;
  private int batchesSinceKept;
  private volatile boolean closed;

  Submitter(
      RaftSettings settings,
      NodeProtocol protocol,
      DurableRaftContext raft,
      CommandType type,
      Halt halt) {
    this.settings = settings;
    this.protocol = protocol;
    this.raft = raft;
    this.type = type;
    this.progress =
        new ProgressWatch(
            raft::getCommitIndex, raft::getLastApplied, System::nanoTime, PATIENCE, halt);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread t = new Thread(task, "raft-submit-" + settings.node());
              t.setDaemon(true);
              return t;
            });
    this.onThread = task -> execute(halt.guard(task));
    raft.addLeaderElectionListener(leader -> onThread.execute(this::leaderElected));
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            halt.guard(this::tick), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    ScheduledFuture<?> unusedToo =
        thread.scheduleWithFixedDelay(
            halt.guard(protocol::stayConnected),
            CONNECT.toMillis(),
            CONNECT.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  CompletableFuture<byte[]> submit(byte[] command) {
    if (command.length > RaftSettings.MAX_COMMAND_BYTES) {
      throw new IllegalArgumentException(
          "a command of "
              + command.length
              + " bytes; the most is "
              + RaftSettings.MAX_COMMAND_BYTES);
    }
    return enqueue(Pending.command(command, deadline()));
  }

  CompletableFuture<Void> barrier() {
    return enqueue(Pending.barrier(deadline())).thenApply(nothing -> null);
  }

  private long deadline() {
    return System.nanoTime() + settings.submitLimit().toNanos();
  }

  private CompletableFuture<byte[]> enqueue(Pending pending) {
    if (closed) {
      return CompletableFuture.failedFuture(new LogUnavailable("this node is closed"));
    }
    int size = pending.command().length;
    int count = pendingCount.incrementAndGet();
    long bytes = pendingBytes.addAndGet(size);
    if (count > MAX_PENDING || bytes > MAX_PENDING_BYTES) {
      pending.giveUp("too many commands wait on this node");
    } else {
      inbox.add(pending);
      queuePump();
    }
    return pending
        .answer()
        .whenComplete(
            (answer, error) -> {
              pendingCount.decrementAndGet();
              pendingBytes.addAndGet(-size);
            });
  }

  private void queuePump() {
    if (pumpQueued.compareAndSet(false, true)) {
      onThread.execute(this::pump);
    }
  }

  private void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      giveUpInbox(); // closed meanwhile: all else was given up
    }
  }

  private void pump() {
    pumpQueued.set(false);
    if (closed) {
      giveUpInbox();
      return;
    }
    takeIn();
    if (queue.isEmpty() && !barriers.isWaiting()) {
      return;
    }
    if (session == null) {
      openSession();
    } else if (session.isOpen()) {
      sendWhatFits(session);
      ask(session);
    }
  }

  private void takeIn() {
    for (Pending pending = inbox.poll(); pending != null; pending = inbox.poll()) {
      if (pending.isBarrier()) {
        barriers.add(pending);
      } else {
        queue.add(pending);
      }
    }
  }

  private void openSession() {
    long term = raft.getTerm();
    String leader = raft.leaderName();
    if (leader == null) {
      return;
    }
    LeaderSession opening =
        new LeaderSession(protocol, settings.node(), MemberId.from(leader), term);
    session = opening;
    then(opening.open(type), (response, error) -> opened(opening, response, error));
  }

  private void opened(
      LeaderSession opening, @Nullable OpenSessionResponse response, @Nullable Throwable error) {
    if (session != opening) {
      return;
    }
    if (error == null && response != null && opening.opened(response)) {
      lastUsedNanos = lastKeptNanos = System.nanoTime();
      batchesSinceKept = 0;
      pump();
    } else {
      session = null; // the next tick tries again
    }
  }

  private void sendWhatFits(LeaderSession open) {
    while (!queue.isEmpty() && open.inFlight() < MAX_IN_FLIGHT) {
      lastUsedNanos = System.nanoTime();
      batchesSinceKept++;
      long sequence = open.next(nextBatch());
      then(open.send(sequence), (response, error) -> answered(open, sequence, response, error));
    }
  }

  private List<Pending> nextBatch() {
    List<Pending> batch = new ArrayList<>();
    int bytes = 0;
    Pending next = queue.peek();
    while (next != null
        && batch.size() < MAX_BATCH
        && (batch.isEmpty() || bytes + next.batchBytes() <= RaftSettings.MAX_COMMAND_BYTES)) {
      bytes += next.batchBytes();
      batch.add(queue.remove());
      next = queue.peek();
    }
    return batch;
  }

  private void answered(
      LeaderSession of,
      long sequence,
      @Nullable CommandResponse response,
      @Nullable Throwable error) {
    if (error == null && response != null && response.status() == Status.OK) {
      complete(of.take(sequence), response.index(), of.term(), Batch.decode(response.result()));
    } else if (session == of) {
      dropSession();
    }
    pump();
  }

  private void complete(List<Pending> batch, long index, long term, List<byte[]> answers) {
    raft.committedBy(index, term);
    Iterator<byte[]> next = answers.iterator();
    batch.forEach(pending -> pending.answer().complete(next.next()));
  }

  private void ask(LeaderSession open) {
    while (barriers.mayAsk()) {
      lastUsedNanos = System.nanoTime();
      List<Pending> round = barriers.nextRound();
      then(protocol.readIndex(open.term()), (index, error) -> asked(open, round, index));
    }
  }

  private void asked(LeaderSession of, List<Pending> round, @Nullable Long index) {
    if (index == null) {
      if (session == of) {
        dropSession();
      }
    } else if (barriers.learned(round)) {
      raft.committedBy(index, of.term());
      then(raft.appliedIndex().reached(index), (reached, error) -> barriers.applied(round));
    }
    pump();
  }

  private void leaderElected() {
    if (session != null && !session.isWith(String.valueOf(raft.leaderName()), raft.getTerm())) {
      dropSession();
    }
    pump();
  }

  /** Everything unanswered goes to the head of the queue again, in its order. */
  private void dropSession() {
    LeaderSession dropped = session;
    session = null;
    barriers.askAgain();
    if (dropped != null) {
      List<Pending> again = dropped.unanswered();
      for (int i = again.size() - 1; i >= 0; i--) {
        if (!again.get(i).answer().isDone()) {
          queue.addFirst(again.get(i));
        }
      }
    }
  }

  private void tick() {
    progress.check();
    giveUpExpired();
    keepAlive();
    pump();
  }

  private void giveUpExpired() {
    long now = System.nanoTime();
    takeIn();
    queue.removeIf(pending -> expire(pending, now));
    barriers.each(pending -> expire(pending, now));
    if (session != null) {
      session.unanswered().forEach(pending -> expire(pending, now));
    }
  }

  private boolean expire(Pending pending, long now) {
    if (pending.isExpired(now)) {
      pending.giveUp("no answer within " + settings.submitLimit().toMillis() + " ms");
    }
    return pending.answer().isDone();
  }

  /** An unused session is left to expire: an idle cluster writes nothing. */
  private void keepAlive() {
    LeaderSession kept = session;
    long now = System.nanoTime();
    if (kept == null || !kept.isOpen()) {
      return;
    }
    if (kept.inFlight() == 0 && barriers.isIdle() && now - lastUsedNanos > IDLE.toNanos()) {
      session = null;
    } else if (now - lastKeptNanos > KEEP_ALIVE.toNanos()
        || batchesSinceKept >= KEEP_ALIVE_BATCHES) {
      lastKeptNanos = now;
      batchesSinceKept = 0;
      then(kept.keepAlive(), (alive, error) -> kept(kept, alive, error));
    }
  }

  private void kept(LeaderSession of, @Nullable Boolean alive, @Nullable Throwable error) {
    if (session == of && (error != null || alive == null || !alive)) {
      dropSession();
      pump();
    }
  }

  /** On this thread, where what it throws halts the node instead of being lost in a future. */
  private <T> void then(
      CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> next) {
    CompletableFuture<T> unused =
        future.whenComplete((result, error) -> onThread.execute(() -> next.accept(result, error)));
  }

  private void giveUpAll() {
    giveUpInbox();
    List<Pending> left = new ArrayList<>(queue);
    queue.clear();
    barriers.each(Submitter::giveUpClosed);
    if (session != null) {
      left.addAll(session.unanswered());
    }
    left.forEach(Submitter::giveUpClosed);
  }

  /** Any thread. */
  private void giveUpInbox() {
    for (Pending pending = inbox.poll(); pending != null; pending = inbox.poll()) {
      giveUpClosed(pending);
    }
  }

  private static void giveUpClosed(Pending pending) {
    pending.giveUp("this node is being closed");
  }

  @Override
  public void close() {
    closed = true;
    onThread.execute(this::giveUpAll);
    thread.shutdown();
  }
}
