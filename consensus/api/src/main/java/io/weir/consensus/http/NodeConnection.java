package io.weir.consensus.http;

import io.weir.consensus.http.envelope.Envelope;
import io.weir.consensus.http.envelope.EnvelopeReader;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one node, from the attempt to make it to its end, and the questions that wait
 * on it. Questions that come while others are being written leave together.
 *
 * <p>Thread-safe. Conclusions are drawn on the threads of the executor.
 */
final class NodeConnection implements WebSocket.Listener {

  private static final String PATH = "/v1/requests";

  /** A page of history is by far the largest answer. */
  private static final int MAX_BODY = 16 * 1024 * 1024;

  private static final int MAX_HEAD = 64;

  /** Of questions in one message; a larger one goes by itself. */
  private static final int MAX_MESSAGE = 64 * 1024;

  private record Outgoing(long number, Asked asked, byte[] envelope) {}

  private final URI node;
  private final Executor executor;
  private final EnvelopeReader reader = new EnvelopeReader(MAX_HEAD, MAX_BODY);
  private volatile long heardNanos = System.nanoTime();

  // Under the lock of this: what follows.
  private final Map<Long, Asked> waiting = new HashMap<>();
  private final Queue<Outgoing> outgoing = new ArrayDeque<>();
  private long numbers;
  private @Nullable WebSocket socket;
  private @Nullable Throwable end;

  /** Whether somebody writes, or is about to. */
  private boolean writing;

  NodeConnection(URI node, Executor executor) {
    this.node = node;
    this.executor = executor;
  }

  /** Begins to connect. */
  NodeConnection connect(HttpClient http, String token, Duration limit) {
    CompletableFuture<?> unused =
        http.newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .connectTimeout(limit)
            .buildAsync(URI.create("wss://" + node.getAuthority() + PATH), this)
            .whenComplete(
                (open, failure) -> {
                  if (failure != null) {
                    end(failure);
                  }
                });
    return this;
  }

  /** Whether the next question is for another connection. */
  synchronized boolean hasEnded() {
    return end != null;
  }

  /**
   * Asks as soon as it can.
   *
   * @return what {@link #giveUp} and {@link #forget} know the question by
   */
  long ask(Asked asked) {
    Throwable ended;
    long number;
    boolean alone;
    synchronized (this) {
      ended = end;
      number = ++numbers;
      alone = waiting.isEmpty();
      if (ended == null) {
        waiting.put(number, asked);
        outgoing.add(new Outgoing(number, asked, asked.question().envelope(number)));
      }
    }
    if (ended != null) {
      fail(asked, ended);
    } else if (claimWriting()) {
      // Where many are asked, more are about to be: it pays to wake a thread that takes them all.
      if (alone) {
        write();
      } else {
        executor.execute(this::write);
      }
    }
    return number;
  }

  /** Its time is over. A node that has not said a word since is taken for dead. */
  void giveUp(long number) {
    Asked asked = remove(number);
    if (asked == null) {
      return;
    }
    fail(asked, new CancellationException());
    if (heardNanos - asked.askedNanos() < 0) {
      end(new IOException("nothing was heard of it in time"));
    }
  }

  /** Nobody waits for an answer any more. */
  void forget(long number) {
    Asked asked = remove(number);
    if (asked != null) {
      asked.forget();
    }
  }

  /** Under the lock: what was not sent by now never will be. */
  private synchronized @Nullable Asked remove(long number) {
    return waiting.remove(number);
  }

  private synchronized boolean claimWriting() {
    boolean claimed = !writing && socket != null && !outgoing.isEmpty();
    writing |= claimed;
    return claimed;
  }

  /** By whoever has claimed it, until there is nothing left. */
  private void write() {
    for (ByteBuffer message = next(); message != null; message = next()) {
      CompletableFuture<WebSocket> written = to().sendBinary(message, true);
      if (!written.isDone()) {
        CompletableFuture<?> unused =
            written.whenComplete(
                (same, failure) -> {
                  if (failure != null) {
                    end(failure);
                  }
                  write();
                });
        return;
      }
      if (written.isCompletedExceptionally()) {
        end(new IOException("it takes no messages"));
      }
    }
  }

  private synchronized WebSocket to() {
    if (socket == null) {
      throw new IllegalStateException("not connected to " + node);
    }
    return socket;
  }

  /** The next message; null, and the claim is gone, when there is none. */
  private synchronized @Nullable ByteBuffer next() {
    List<byte[]> parts = new ArrayList<>();
    int bytes = 0;
    for (Outgoing first = outgoing.peek();
        first != null && (bytes == 0 || bytes + first.envelope().length <= MAX_MESSAGE);
        first = outgoing.peek()) {
      outgoing.remove();
      if (waiting.containsKey(first.number())) {
        first.asked().sending();
        parts.add(first.envelope());
        bytes += first.envelope().length;
      }
    }
    writing = bytes > 0;
    if (!writing) {
      return null;
    }
    ByteBuffer message = ByteBuffer.allocate(bytes);
    parts.forEach(message::put);
    return message.flip();
  }

  @Override
  public void onOpen(WebSocket opened) {
    boolean late;
    synchronized (this) {
      socket = opened;
      late = end != null;
    }
    if (late) {
      opened.abort();
      return;
    }
    opened.request(1);
    if (claimWriting()) {
      write();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    heardNanos = System.nanoTime();
    List<Envelope> answers = new ArrayList<>();
    try {
      reader.read(data, answers::add);
      from.request(1);
    } catch (ProtocolException e) {
      end(e);
    }
    if (!answers.isEmpty()) {
      // Whoever is told may take his time; the connection goes on meanwhile.
      executor.execute(() -> answers.forEach(this::answered));
    }
    return null;
  }

  private void answered(Envelope envelope) {
    Asked asked = remove(envelope.number());
    if (asked != null) {
      conclude(asked, Reply.of(node, envelope));
    }
  }

  /** What is thrown must not keep the answers behind it from those who wait for them. */
  @SuppressWarnings("CatchingUnchecked") // Whatever it is, the handler is told.
  private static void conclude(Asked asked, Reply reply) {
    try {
      asked.conclude(reply);
    } catch (Throwable thrown) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    end(new ProtocolException("a message of text"));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    end(new IOException("it closed the connection: " + status + " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    end(failure);
  }

  /** Fails all that wait; the next question makes another connection. */
  void end(Throwable reason) {
    WebSocket open;
    List<Asked> left;
    synchronized (this) {
      end = end == null ? reason : end;
      open = socket;
      outgoing.clear();
      left = List.copyOf(waiting.values());
      waiting.clear();
    }
    if (open != null) {
      open.abort();
    }
    left.forEach(asked -> fail(asked, reason));
  }

  private void fail(Asked asked, Throwable reason) {
    Reply reply = Reply.failed(FailedAttempt.of(node, reason, asked.isSent()));
    executor.execute(() -> asked.conclude(reply));
  }
}
