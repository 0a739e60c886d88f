package io.weir.consensus.server.paxos.node;

import io.weir.consensus.Limits;
import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.paxos.Acceptor;
import io.weir.consensus.server.paxos.Archive;
import io.weir.consensus.server.paxos.Message;
import io.weir.consensus.server.storage.AcceptorLog;
import io.weir.consensus.server.storage.Disk;
import io.weir.consensus.server.storage.DurableAcceptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's acceptor: takes all questions that have come, writes once for them, and answers. It
 * has a thread, for those who must not wait for the disk; who may wait does it on their own, which
 * saves waking another. Only one is at it at a time, and the others leave it their questions.
 *
 * <p>When the disk fails otherwise than by being full, the node halts.
 */
final class AcceptorThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptorThread.class);
  private static final int MAX_WAITING = 16_384;
  private static final int MAX_BATCH = 1_024;
  private static final long MAX_ARCHIVE_BYTES = 48L << 20;
  private static final long CLOSE_MILLIS = 10_000;

  /** A few more than the store shows: acceptors count states that were never chosen, too. */
  private static final int SLACK = 8;

  private static final Archive.Limits LIMITS =
      new Archive.Limits(
          Limits.VERSIONS_WITH_CONTENT + SLACK, Limits.VERSIONS + SLACK, MAX_ARCHIVE_BYTES);

  private record Question(Message.Request request, Consumer<Message.Reply> recipient) {}

  private final Queue<Question> questions = new ArrayBlockingQueue<>(MAX_WAITING);

  /** Held by the thread that uses the acceptor and the disk; once closed, for ever. */
  private final Semaphore turn = new Semaphore(1);

  private final DurableAcceptor acceptor;
  private final Disk disk;
  private final Halt halt;
  private final Thread thread;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Runnable whenAnswered = () -> {};
  private volatile boolean begun;
  private volatile boolean ended;

  AcceptorThread(String node, Disk disk, long compactBytes, Halt halt) throws IOException {
    this.acceptor =
        new DurableAcceptor(
            () -> new Acceptor(Keys::past, LIMITS), () -> new AcceptorLog(disk, compactBytes));
    this.disk = disk;
    this.halt = halt;
    this.thread = new Thread(this::run, "paxos-acceptor-" + node);
    thread.setDaemon(true);
    thread.start();
  }

  /** Does something whenever answers were given, on the thread that gave them. */
  void whenAnswered(Runnable work) {
    whenAnswered = work;
  }

  /** From now on it answers. */
  void begin() {
    begun = true;
  }

  /**
   * Leaves a question, which is to be followed by {@link #wake} or {@link #work}; the answer comes
   * on whatever thread, or never.
   */
  void ask(Message.Request request, Consumer<Message.Reply> recipient) {
    if (begun && !ended && !questions.offer(new Question(request, recipient))) {
      LOG.warn("{} questions wait for the disk: one more is dropped", MAX_WAITING);
    }
  }

  /** Has the thread answer what was asked. */
  void wake() {
    if (!questions.isEmpty()) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!ended) {
      work();
      LockSupport.park(this);
    }
  }

  /**
   * Answers what was asked, unless another thread is at it, which goes on with it then. Not for
   * threads that may be interrupted, which would close the log.
   */
  void work() {
    while (!ended && !questions.isEmpty() && turn.tryAcquire()) {
      List<Runnable> answers = List.of();
      try {
        answers = ended ? answers : batch();
      } finally {
        turn.release();
      }
      wake();
      answers.forEach(halt::contain);
      halt.contain(whenAnswered);
    }
  }

  /** The answers to all that waits, which may leave, as what they rest on is on disk. */
  private List<Runnable> batch() {
    List<Runnable> answers = new ArrayList<>();
    try {
      for (int taken = 0; taken < MAX_BATCH && !questions.isEmpty(); taken++) {
        Question next = questions.remove();
        acceptor.handle(next.request(), reply -> answers.add(() -> next.recipient().accept(reply)));
      }
      acceptor.flush();
      return answers;
    } catch (IOException e) {
      ended = true;
      halt.now("the acceptor's log cannot be written", e);
    } catch (Throwable error) {
      ended = true;
      halt.now("unexpected error in the acceptor", error);
    }
    return List.of();
  }

  /** Returns when the files are closed; the next one at once, as the turn never comes back. */
  @Override
  public void close() {
    ended = true;
    LockSupport.unpark(thread);
    if (!closed.getAndSet(true)) {
      closeFiles();
    }
  }

  private void closeFiles() {
    try {
      if (turn.tryAcquire(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        disk.close();
      }
    } catch (IOException e) {
      LOG.warn("The acceptor's log was not closed in order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
