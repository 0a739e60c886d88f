package io.weir.consensus.server.paxos.node;

import io.weir.consensus.Limits;
import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.paxos.Acceptor;
import io.weir.consensus.server.paxos.Archive;
import io.weir.consensus.server.paxos.Message;
import io.weir.consensus.server.paxos.Message.Survey;
import io.weir.consensus.server.storage.AcceptorLog;
import io.weir.consensus.server.storage.Disk;
import io.weir.consensus.server.storage.DurableAcceptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of this node's acceptor: takes all questions that have come, writes once for them, and
 * answers. When the disk fails otherwise than by being full, the node halts.
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

  private final BlockingQueue<Question> questions = new ArrayBlockingQueue<>(MAX_WAITING);
  private final DurableAcceptor acceptor;
  private final Disk disk;
  private final Halt halt;
  private final Thread thread;
  private volatile boolean begun;
  private volatile boolean closed;

  AcceptorThread(String node, Disk disk, long compactBytes, Halt halt) throws IOException {
    this.acceptor =
        new DurableAcceptor(
            () -> new Acceptor(Keys::past, LIMITS), () -> new AcceptorLog(disk, compactBytes));
    this.disk = disk;
    this.halt = halt;
    this.thread = new Thread(halt.guard(this::run), "paxos-acceptor-" + node);
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on it answers. */
  void begin() {
    begun = true;
  }

  /** Asks; the answer comes on the acceptor's thread, or never. */
  void ask(Message.Request request, Consumer<Message.Reply> recipient) {
    if (!begun) {
      return;
    }
    if (!questions.offer(new Question(request, recipient))) {
      LOG.warn("{} questions wait for the disk: one more is dropped", MAX_WAITING);
    }
  }

  private void run() {
    List<Question> batch = new ArrayList<>();
    try {
      while (!closed) {
        Question first = questions.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          batch.add(first);
          questions.drainTo(batch, MAX_BATCH);
          answer(batch);
          batch.clear();
        }
      }
      disk.close();
    } catch (IOException e) {
      halt.now("the acceptor's log cannot be written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(List<Question> batch) throws IOException {
    for (Question each : batch) {
      acceptor.handle(each.request(), each.recipient());
    }
    acceptor.flush();
  }

  /** Returns when the files are closed. */
  @Override
  public void close() {
    closed = true;
    // Wakes it; never interrupted, for that would close the log under a write.
    boolean unused = questions.offer(new Question(new Survey(0), reply -> {}));
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
