package io.weir.consensus.server.peers;

import java.io.IOException;
import java.nio.channels.SocketChannel;
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
final class Outgoing implements AutoCloseable, Link.Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

  /** After a failed attempt: whoever asks a dead node thousands of times is not to connect each. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private record Waiting(CompletableFuture<byte[]> answer, long sinceNanos) {}

  private final PeerSettings settings;
  private final String address;
  private final Runnable whenRead;
  private final Link link = new Link();
  private final AtomicLong numbers = new AtomicLong(Frame.UNANSWERED);
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private volatile boolean made;
  private volatile @Nullable PeerFailure end;
  private volatile long endNanos;

  Outgoing(PeerSettings settings, String address, Runnable whenRead) {
    this.settings = settings;
    this.address = address;
    this.whenRead = whenRead;
  }

  Outgoing start() {
    new ReadingThread(this::run, "peer-to-" + address).start();
    return this;
  }

  private void run() {
    try {
      SocketChannel channel = SocketChannel.open();
      link.attach(channel);
      channel.socket().connect(PeerSettings.parse(address), settings.limitMillis());
      link.run(
          channel,
          settings,
          true,
          (in, out) -> {
            Greeting.introduce(in, out, settings.cluster());
            made = true;
          },
          this);
    } catch (IOException | RuntimeException e) {
      LOG.debug("The connection to {} ended", address, e);
      end(new PeerFailure("node at " + address + ": " + e));
    } finally {
      // Also when it could not be written to while what it had brought was being handed on.
      end(new PeerFailure("node at " + address + ": the connection broke"));
    }
  }

  /** Whether the next question is for another connection. */
  boolean isReplaceable() {
    return end != null && (made || System.nanoTime() - endNanos > PAUSE_NANOS);
  }

  /** Tells something at the next {@link #flush}; when it cannot be sent it is lost. */
  void tell(String type, byte[] content) {
    boolean unused = link.queue(new Frame(Frame.UNANSWERED, Frame.Kind.QUESTION, type, content));
  }

  /** Asks at the next {@link #flush}. */
  CompletableFuture<byte[]> gather(String type, byte[] content) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    long number = numbers.incrementAndGet();
    waiting.put(number, new Waiting(answer, System.nanoTime()));
    boolean queued = link.queue(new Frame(number, Frame.Kind.QUESTION, type, content));
    PeerFailure ended = end;
    if (ended != null) {
      fail(number, ended);
    } else if (!queued) {
      fail(number, new PeerFailure("node at " + address + " takes no messages"));
    }
    return answer;
  }

  void flush() {
    link.flush();
  }

  private void fail(long number, Exception reason) {
    Waiting question = waiting.remove(number);
    if (question != null) {
      question.answer().completeExceptionally(reason);
    }
  }

  /** Gives up what has waited for longer than the limit. */
  void giveUpLate() {
    long now = System.nanoTime();
    long limit = settings.limit().toNanos();
    waiting.forEach(
        (number, question) -> {
          if (now - question.sinceNanos() >= limit) {
            fail(number, new TimeoutException("node at " + address + " does not answer in time"));
            endIfSilent();
          }
        });
  }

  /** The other side may be gone without a word, or stopped with half of a greeting made. */
  private void endIfSilent() {
    if (link.silentNanos() >= settings.limit().toNanos()) {
      end(new PeerFailure("node at " + address + " is silent"));
    }
  }

  @Override
  public void received(Frame frame) {
    Waiting question = waiting.remove(frame.number());
    if (question == null) {
      return; // too late
    }
    if (frame.kind() == Frame.Kind.ANSWER) {
      question.answer().complete(frame.content());
    } else {
      question
          .answer()
          .completeExceptionally(new PeerFailure("node at " + address + " failed to answer"));
    }
  }

  @Override
  public void rest() {
    whenRead.run();
  }

  private void end(PeerFailure reason) {
    synchronized (this) {
      if (end == null) {
        endNanos = System.nanoTime();
        end = reason;
      }
    }
    link.close();
    waiting.keySet().forEach(number -> fail(number, reason));
  }

  @Override
  public void close() {
    end(new PeerFailure("this node is being closed"));
  }
}
