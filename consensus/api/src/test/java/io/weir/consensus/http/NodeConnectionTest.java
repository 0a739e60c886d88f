package io.weir.consensus.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.http.envelope.Envelope;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One thread does everything. */
class NodeConnectionTest {

  private final List<Throwable> uncaught = new ArrayList<>();
  private final Socket socket = new Socket();
  private final NodeConnection connection =
      new NodeConnection(URI.create("https://127.0.0.1:1"), Runnable::run);

  /** Takes all that is sent, at once. */
  private static final class Socket implements WebSocket {
    private final StringBuilder sent = new StringBuilder();

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
      sent.append(UTF_8.decode(data));
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int status, String reason) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void request(long count) {}

    @Override
    public String getSubprotocol() {
      return "";
    }

    @Override
    public boolean isOutputClosed() {
      return false;
    }

    @Override
    public boolean isInputClosed() {
      return false;
    }

    @Override
    public void abort() {}
  }

  @BeforeEach
  void open() {
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
    connection.onOpen(socket);
  }

  @AfterEach
  void forgetHandler() {
    Thread.currentThread().setUncaughtExceptionHandler(null);
  }

  private long ask(Consumer<Reply> conclude) {
    return connection.ask(new Asked(Question.get("/v1/jobs"), conclude));
  }

  @Test
  void concludesWhatIsAnsweredBehindAConclusionThatThrows() {
    Error fault = new AssertionError("of a listener");
    List<Reply> replies = new ArrayList<>();
    byte[] first =
        Envelope.encode(
            ask(
                reply -> {
                  throw fault;
                }),
            "200",
            new byte[0]);
    byte[] second = Envelope.encode(ask(replies::add), "200", new byte[0]);

    ByteBuffer both = ByteBuffer.allocate(first.length + second.length).put(first).put(second);
    connection.onBinary(socket, both.flip(), true);

    assertThat(socket.sent).hasToString("1 GET /v1/jobs 0\n2 GET /v1/jobs 0\n");
    assertThat(replies).singleElement().matches(Reply::isAnswer);
    assertThat(uncaught).containsExactly(fault);
  }
}
