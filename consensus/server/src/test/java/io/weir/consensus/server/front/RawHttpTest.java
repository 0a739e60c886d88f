package io.weir.consensus.server.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What no HTTP library would send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawHttpTest {

  private final RegisterStore store = TestNode.store();
  private TestNode node;
  private Front front;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    node = new TestNode(folder);
    FrontLimits limits =
        new FrontLimits(
            1_000,
            8_000,
            10,
            10,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(300));
    front = node.front(store, node.settings(0).withLimits(limits));
  }

  @AfterAll
  void stop() {
    front.close();
    store.close();
  }

  private String send(String line, String... headers) throws IOException {
    return send(line, List.of(), headers);
  }

  /** What the front says until it closes the connection. */
  private String send(String line, List<String> body, String... headers) throws IOException {
    try (Socket socket =
        node.trust()
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), front.port())) {
      String request =
          line
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + node.token(Role.ADMIN)
              + "\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n";
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      for (String piece : body) {
        socket.getOutputStream().write(piece.getBytes(UTF_8));
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void doesNotWaitForABodyThatDoesNotCome() throws IOException {
    assertThat(send("PUT /v1/jobs/a", "Content-Length: 100"))
        .startsWith("HTTP/1.1 408")
        .contains("request_timeout");
  }

  @Test
  void saysThatItClosesWhenItAnswersBeforeTheBodyIsThere() throws IOException {
    assertThat(send("PUT /v1/nowhere", "Content-Length: 100"))
        .startsWith("HTTP/1.1 404")
        .containsIgnoringCase("\nConnection: close\r");
  }

  /** A client that looks for an answer only when it has sent all: most do. */
  @Test
  void answersABodyThatIsTooLargeAlthoughItKeepsComing() throws IOException {
    String piece = "x".repeat(100_000);

    assertThat(send("PUT /v1/jobs/a", Collections.nCopies(20, piece), "Content-Length: 2000000"))
        .startsWith("HTTP/1.1 413")
        .contains("request_too_large");
  }

  @Test
  void asksNobodyForABodyThatItRefuses() throws IOException {
    assertThat(send("PUT /v1/nowhere", "Content-Length: 100", "Expect: 100-continue"))
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void refusesAQueryThatIsNotWellFormed() throws IOException {
    assertThat(send("GET /v1/jobs/a?consistency=%zz", "Connection: close"))
        .startsWith("HTTP/1.1 400")
        .contains("\"error\":")
        .doesNotContain("\tat ");
  }

  @Test
  void refusesWhatIsNotHttp() throws IOException {
    assertThat(send("G@T /v1/jobs/a b c", "Connection: close"))
        .startsWith("HTTP/1.1 400")
        .contains("\"error\":\"bad_http\"");
  }
}
