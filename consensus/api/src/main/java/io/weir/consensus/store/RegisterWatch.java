package io.weir.consensus.store;

import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import io.weir.consensus.register.JobHistory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One watch: a place in a job's history, moved on by one thread at a time. */
final class RegisterWatch implements Watch {

  private static final int BATCH = 32;

  private final WatchHub hub;
  private final String job;
  private final WatchListener listener;

  /** Wakes that are not answered yet: whoever raises it from 0 moves the watch on. */
  private final AtomicInteger wakes = new AtomicInteger();

  private volatile boolean closed;
  private long next;

  RegisterWatch(WatchHub hub, String job, long from, WatchListener listener) {
    this.hub = hub;
    this.job = job;
    this.next = from;
    this.listener = listener;
  }

  String job() {
    return job;
  }

  void wake() {
    if (wakes.getAndIncrement() == 0) {
      hub.executor().execute(this::moveOn);
    }
  }

  private void moveOn() {
    int answered;
    do {
      answered = wakes.get();
      hub.history(job).ifPresent(this::deliver);
    } while (wakes.addAndGet(-answered) != 0);
  }

  private void deliver(JobHistory history) {
    while (!closed) {
      List<Revision> found = history.from(next, BATCH);
      if (found.isEmpty()) {
        return;
      }
      found.forEach(revision -> deliver(history, revision));
    }
  }

  private void deliver(JobHistory history, Revision revision) {
    if (closed) {
      return;
    }
    boolean gap = revision.version() != next;
    boolean compacted = revision.content().isEmpty() && !revision.isTombstone();
    if (gap || compacted) {
      end(new StoreException.Compacted(job, next, history.oldestWithContent()));
      return;
    }
    next++;
    try {
      listener.onRevision(revision);
    } catch (RuntimeException e) {
      // It cannot go on without a gap.
      close();
      throw e;
    }
  }

  private void end(StoreException reason) {
    close();
    listener.onEnd(reason);
  }

  @Override
  public void close() {
    closed = true;
    hub.remove(this);
  }
}
