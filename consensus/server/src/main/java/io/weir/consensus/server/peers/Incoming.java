package io.weir.consensus.server.peers;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection from another node, until it ends; its questions are answered as they come. */
final class Incoming implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
  private static final byte[] NOTHING = {};

  private final PeerSettings settings;
  private final Link link;
  private final String from;
  private final BiFunction<String, byte[], CompletableFuture<byte[]>> answers;

  Incoming(
      PeerSettings settings,
      Socket accepted,
      BiFunction<String, byte[], CompletableFuture<byte[]>> answers) {
    this.settings = settings;
    this.link = new Link(accepted);
    this.from = String.valueOf(accepted.getRemoteSocketAddress());
    this.answers = answers;
  }

  void run() {
    try {
      link.run(
          settings,
          false,
          (in, out) -> Greeting.receive(in, out, settings.cluster()),
          this::received);
    } catch (EOFException | SocketException e) {
      LOG.debug("The connection from {} ended", from, e);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The connection from {} is refused: {}", from, e.toString());
    } finally {
      link.close();
    }
  }

  private void received(Frame question) {
    CompletableFuture<?> unused =
        answers
            .apply(question.type(), question.content())
            .whenComplete((content, failure) -> answer(question, content, failure));
  }

  private void answer(Frame question, byte @Nullable [] content, @Nullable Throwable failure) {
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
