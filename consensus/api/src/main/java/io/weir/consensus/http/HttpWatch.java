package io.weir.consensus.http;

import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import io.weir.consensus.http.wire.RevisionJson;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next version, again and again. A node answers as soon as it has one; or, after about
 * a second, by a read that needs the quorum, so that no node can hold a watch back. The next
 * version is asked for by its number, so any node can go on where another stopped.
 *
 * <p>The questions follow one another, so it needs no lock; only {@link #close} comes from
 * elsewhere.
 */
final class HttpWatch implements Watch {

  private static final long WAIT_MILLIS = 1_000;

  private final HttpStore store;
  private final String job;
  private final WatchListener listener;
  private volatile boolean closed;
  private volatile Exchanges.@Nullable Sent sent;
  private long next;
  private int failures;
  private int denials;

  HttpWatch(HttpStore store, String job, long from, WatchListener listener) {
    this.store = store;
    this.job = job;
    this.next = from;
    this.listener = listener;
  }

  void ask() {
    if (closed) {
      return;
    }
    URI node = store.nodes().current();
    long asked = System.nanoTime();
    Question question =
        Question.get("/v1/jobs/" + job + "/watch?from=" + next + "&wait_ms=" + WAIT_MILLIS);
    Exchanges.Sent attempt =
        store.exchanges().send(node, question, limit(), reply -> conclude(node, asked, reply));
    sent = attempt;
    if (closed) {
      attempt.cancel();
    }
  }

  private Duration limit() {
    return store.settings().attemptLimit().plusMillis(WAIT_MILLIS);
  }

  private void conclude(URI node, long asked, Reply reply) {
    if (closed) {
      return;
    }
    try {
      List<Revision> revisions = reply.as(RevisionJson::readAll);
      store.answered();
      failures = 0;
      denials = 0;
      deliver(revisions);
      goOn(asked, revisions.isEmpty());
    } catch (StoreException e) {
      refused(node, e);
    } catch (RuntimeException e) {
      close();
      Thread thread = Thread.currentThread();
      thread
          .getUncaughtExceptionHandler()
          .uncaughtException(thread, e instanceof ListenerFailed ? e.getCause() : e);
    }
  }

  private void deliver(List<Revision> revisions) {
    for (Revision revision : revisions) {
      if (closed) {
        return;
      }
      if (revision.version() != next) {
        throw new StoreException.OutcomeUnknown(
            "version " + revision.version() + " came where " + next + " was asked for");
      }
      next++;
      hand(revision);
    }
  }

  /** What the listener throws must not be taken for a node's refusal, which is asked past. */
  @SuppressWarnings("CatchingUnchecked") // Whatever it is, the watch ends there.
  private void hand(Revision revision) {
    try {
      listener.onRevision(revision);
    } catch (Throwable e) {
      throw new ListenerFailed(e);
    }
  }

  private static final class ListenerFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ListenerFailed(Throwable cause) {
      super(cause);
    }
  }

  /** At once; but a node that answers emptily without waiting is not asked without pause. */
  private void goOn(long asked, boolean empty) {
    long pause = empty ? WAIT_MILLIS / 2 - (System.nanoTime() - asked) / 1_000_000 : 0;
    if (pause > 0) {
      later(pause);
    } else {
      ask();
    }
  }

  private void refused(URI node, StoreException refusal) {
    denials = refusal instanceof StoreException.AccessDenied ? denials + 1 : 0;
    boolean deniedEverywhere = denials >= store.nodes().all().size();
    if (deniedEverywhere
        || refusal instanceof StoreException.Compacted
        || refusal instanceof StoreException.InvalidRequest) {
      close();
      listener.onEnd(refusal);
      return;
    }
    store.nodes().leave(node);
    later(store.backoff().millisAfter(++failures));
  }

  private void later(long millis) {
    store.exchanges().after(millis, this::ask);
  }

  @Override
  public void close() {
    closed = true;
    store.forget(this);
    Exchanges.Sent attempt = sent;
    if (attempt != null) {
      attempt.cancel();
    }
  }
}
