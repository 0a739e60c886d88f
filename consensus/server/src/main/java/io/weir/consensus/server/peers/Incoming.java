package io.weir.consensus.server.peers;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection from another node, until it ends; its questions are answered as they come. */
final class Incoming implements AutoCloseable, Link.Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
  private static final byte[] NOTHING = {};

  private final PeerSettings settings;
  private final SocketChannel accepted;
  private final Link link = new Link();
  private final String from;
  private final BiFunction<String, byte[], CompletableFuture<byte[]>> answers;
  private final Runnable whenRead;

  Incoming(
      PeerSettings settings,
      SocketChannel accepted,
      BiFunction<String, byte[], CompletableFuture<byte[]>> answers,
      Runnable whenRead) {
    this.settings = settings;
    this.accepted = accepted;
    link.attach(accepted);
    this.from = String.valueOf(accepted.socket().getRemoteSocketAddress());
    this.answers = answers;
    this.whenRead = whenRead;
  }

  void run() {
    try {
      link.run(
          accepted,
          settings,
          false,
          (in, out) -> Greeting.receive(in, out, settings.cluster()),
          this);
    } catch (EOFException | SocketException e) {
      LOG.debug("The connection from {} ended", from, e);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The connection from {} is refused: {}", from, e.toString());
    } finally {
      link.close();
    }
  }

  /** Whether no greeting of a node has come yet. */
  boolean isStranger() {
    return !link.isOpen();
  }

  long silentNanos() {
    return link.silentNanos();
  }

  @Override
  public void received(Frame question) {
    CompletableFuture<?> unused =
        answers
            .apply(question.type(), question.content())
            .whenComplete((content, failure) -> answer(question, content, failure));
  }

  @Override
  public void rest() {
    whenRead.run();
  }

  private void answer(Frame question, byte @Nullable [] content, @Nullable Throwable failure) {
    if (question.number() == Frame.UNANSWERED) {
      return;
    }
    if (failure instanceof PeerFailure) {
      LOG.debug("No answer to {} from {}", question.type(), from, failure); // still starting
    } else if (failure != null) {
      LOG.warn("No answer to {} from {}", question.type(), from, failure);
    }
    Frame.Kind kind = content == null ? Frame.Kind.FAILED : Frame.Kind.ANSWER;
    if (!link.send(new Frame(question.number(), kind, "", content == null ? NOTHING : content))) {
      link.close(); // it does not read; its questions end with the connection
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
