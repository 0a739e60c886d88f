package io.weir.consensus.server.peers;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to another node, from the attempt to make it to its end, and the questions that
 * wait on it.
 */
final class Outgoing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

  /** After a failed attempt: whoever asks a dead node thousands of times is not to connect each. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final PeerSettings settings;
  private final String address;
  private final Socket socket = new Socket();
  private final Link link = new Link(socket);
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();
  private volatile boolean made;
  private volatile @Nullable PeerFailure end;
  private volatile long endNanos;

  Outgoing(PeerSettings settings, String address) {
    this.settings = settings;
    this.address = address;
  }

  Outgoing start() {
    Thread thread = new Thread(this::run, "peer-to-" + address);
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void run() {
    try {
      socket.connect(PeerSettings.parse(address), settings.limitMillis());
      link.run(
          settings,
          true,
          (in, out) -> {
            Greeting.introduce(in, out, settings.cluster());
            made = true;
          },
          this::answered);
    } catch (IOException | RuntimeException e) {
      LOG.debug("The connection to {} ended", address, e);
      end(new PeerFailure("node at " + address + ": " + e));
    }
  }

  /** Whether the next question is for another connection. */
  boolean isReplaceable() {
    return end != null && (made || System.nanoTime() - endNanos > PAUSE_NANOS);
  }

  CompletableFuture<byte[]> ask(String type, byte[] content) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    long number = numbers.incrementAndGet();
    waiting.put(number, answer);
    boolean sent = link.send(new Frame(number, Frame.Kind.QUESTION, type, content));
    PeerFailure ended = end;
    if (ended != null) {
      answer.completeExceptionally(ended);
    } else if (!sent) {
      answer.completeExceptionally(new PeerFailure("node at " + address + " takes no messages"));
    }
    return answer
        .orTimeout(settings.limitMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (content1, failure) -> {
              waiting.remove(number);
              if (failure instanceof TimeoutException) {
                giveUpIfSilent();
              }
            });
  }

  /** The other side may be gone without a word, or stopped with half of a greeting made. */
  private void giveUpIfSilent() {
    if (link.silentNanos() >= settings.limit().toNanos()) {
      end(new PeerFailure("node at " + address + " is silent"));
    }
  }

  private void answered(Frame frame) {
    CompletableFuture<byte[]> answer = waiting.remove(frame.number());
    if (answer == null) {
      return; // too late
    }
    if (frame.kind() == Frame.Kind.ANSWER) {
      answer.complete(frame.content());
    } else {
      answer.completeExceptionally(new PeerFailure("node at " + address + " failed to answer"));
    }
  }

  private void end(PeerFailure reason) {
    synchronized (this) {
      if (end == null) {
        endNanos = System.nanoTime();
        end = reason;
      }
    }
    link.close();
    waiting.values().forEach(answer -> answer.completeExceptionally(reason));
  }

  @Override
  public void close() {
    end(new PeerFailure("this node is being closed"));
  }
}
