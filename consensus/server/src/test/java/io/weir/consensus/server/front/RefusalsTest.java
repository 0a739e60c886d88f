package io.weir.consensus.server.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.http.PemTls;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is refused has an answer of its own, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      "{\"properties\": {\"threshold\": {\"maximum\": 10}, \"limits\": {\"type\": \"array\"}}}";

  private final RegisterStore store = TestNode.store();
  private TestNode node;
  private Front front;
  private HttpClient http;
  private List<Revision> before;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    node = new TestNode(folder);
    front = node.front(store);
    http = client(node.trust());
    store.registerSchema("known", SCHEMA).join();
    store.propose(Proposal.of("known", 0, new Change.Set("threshold: 1"), "t", "")).join();
    for (int i = 0; i < 202; i++) {
      store.propose(Proposal.of("old", i, new Change.Set("a: " + i), "t", "")).join();
    }
    before = everything();
  }

  @AfterAll
  void stop() {
    front.close();
    store.close();
  }

  @AfterEach
  void nothingHasChanged() {
    assertThat(everything()).isEqualTo(before);
    assertThat(store.schema("known").join()).contains(SCHEMA);
    assertThat(store.ledger("known").join()).isEmpty();
  }

  private List<Revision> everything() {
    List<Revision> all = new ArrayList<>();
    store.jobs().join().forEach(job -> all.addAll(store.history(job, 1, 1_000).join()));
    return all;
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(tls)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  @ParameterizedTest(name = "{0} {1} as {2}: {4} {5}")
  @MethodSource("io.weir.consensus.server.front.Refusals#all")
  void refusesInItsOwnWords(
      String method,
      String path,
      @Nullable String token,
      String body,
      int status,
      String error,
      String message)
      throws Exception {
    HttpResponse<String> response = send(method, path, token, body);
    JsonNode json = JSON.readTree(response.body());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json.path("error").asText()).isEqualTo(error);
    assertThat(json.path("message").asText()).contains(message);
    assertThat(response.body()).doesNotContain("Exception", "\\tat ", "io.weir");
  }

  /** What comes by such a connection is held in memory before it is judged. */
  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer another"})
  void takesNoConnectionOverFromAStranger(String authorization) {
    WebSocket.Builder connection = http.newWebSocketBuilder();
    if (!authorization.isEmpty()) {
      connection.header("Authorization", authorization);
    }

    assertThat(connection.buildAsync(streams(), new WebSocket.Listener() {}))
        .failsWithin(Duration.ofSeconds(60))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refusal -> assertThat(refusal.getResponse().statusCode()).isEqualTo(401));
  }

  private URI streams() {
    return URI.create("wss://127.0.0.1:" + front.port() + "/v1/requests");
  }

  private HttpResponse<String> send(String method, String path, @Nullable String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(TestNode.uri(front.port()) + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + resolve(token));
    }
    // By a connection of its own: a refusal may close it, and the next request would be lost on one
    // whose end the client has not seen yet.
    return client(node.trust()).send(request.build(), BodyHandlers.ofString());
  }

  private String resolve(String token) throws IOException {
    for (Role role : Role.values()) {
      if (role.name().equals(token)) {
        return node.token(role);
      }
    }
    return token;
  }

  @Test
  void tellsAllNumbersOfAConflictAndOfADocumentThatIsTooLarge() throws Exception {
    JsonNode conflict =
        JSON.readTree(send("PUT", "/v1/jobs/known", "PROPOSE", Refusals.set(7, "a: 1")).body());
    JsonNode large =
        JSON.readTree(
            send("PUT", "/v1/jobs/known", "PROPOSE", Refusals.set(1, Refusals.noise())).body());

    assertThat(conflict.path("expected").asLong()).isEqualTo(7);
    assertThat(conflict.path("actual").asLong()).isEqualTo(1);
    assertThat(large.path("written_bytes").asLong()).isEqualTo(Refusals.noise().length());
    assertThat(large.path("compressed_bytes").asLong()).isBetween(48 * 1024L, 150_000L);
    assertThat(large.path("allowed_compressed_bytes").asLong()).isEqualTo(48 * 1024);
  }

  @Test
  void namesPointerAndRuleOfWhatBreaksTheSchema() throws Exception {
    String body = Refusals.set(1, "{threshold: 11, limits: 3}");

    JsonNode json = JSON.readTree(send("PUT", "/v1/jobs/known", "PROPOSE", body).body());

    assertThat(json.path("violations").findValuesAsText("pointer"))
        .containsExactly("/limits", "/threshold");
    assertThat(json.path("violations").findValuesAsText("rule")).containsExactly("type", "maximum");
  }

  @Test
  void saysWhichMethodsAreAllowed() throws Exception {
    assertThat(send("PATCH", "/v1/jobs/known", "READ", "").headers().firstValue("Allow"))
        .contains("DELETE, GET, PUT");
  }

  @Test
  void refusesAnEndlessBodyWhoseLengthIsNotSaid() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(TestNode.uri(front.port()) + "/v1/jobs/known"))
            .header("Authorization", "Bearer " + node.token(Role.PROPOSE))
            .PUT(BodyPublishers.ofByteArrays(Collections.nCopies(700, new byte[1_000])))
            .build();

    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("request_too_large");
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(TestNode.uri(front.port()) + "/health"))
            .header("X-Large", "x".repeat(20_000))
            .build();

    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(431);
    assertThat(response.body()).contains("\"error\":\"bad_http\"");
  }

  @Test
  void tellsPlainHttpThatThePortSpeaksTls() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
      String request =
          "GET /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + node.token(Role.ADMIN)
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains("tls_required")
          .doesNotContain("known");
    }
  }

  @Test
  void isNotTrustedByWhoeverTrustsAnotherAuthority(@TempDir Path folder) throws IOException {
    SSLContext other = new TestNode(folder).trust();

    assertThatThrownBy(
            () ->
                client(other)
                    .send(
                        HttpRequest.newBuilder(TestNode.uri(front.port())).build(),
                        BodyHandlers.discarding()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void wantsCertificatesOfClientsWhereAnAuthorityForThemIsSet(@TempDir Path folder)
      throws Exception {
    TestNode other = new TestNode(folder);
    Path authority = node.certificates().nodesAuthority(TestNode.NODE);
    try (Front strict = node.front(store, node.settings(0).withClientAuthority(authority))) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(TestNode.uri(strict.port()) + "/health")).build();

      assertThat(client(with(node)).send(request, BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> client(node.trust()).send(request, BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> client(with(other)).send(request, BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
    }
  }

  /** Trusts the front, and shows a certificate of some authority of nodes. */
  private SSLContext with(TestNode owner) {
    return PemTls.context(
        node.certificates().frontAuthority(),
        owner.certificates().raftCertificate(TestNode.NODE),
        owner.certificates().raftKey(TestNode.NODE));
  }

  @Test
  void saysWhyAnAddressCannotBeBound() {
    assertThatThrownBy(() -> node.front(store, node.settings(front.port())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + front.port())
        .hasMessageContaining("in use");
  }

  @Test
  void saysWhichFileIsNoKey() {
    FrontSettings settings =
        FrontSettings.of(
            "127.0.0.1",
            0,
            node.certificates().frontCertificate(TestNode.NODE),
            node.certificates().tokens());

    assertThatThrownBy(() -> node.front(store, settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokens.yaml: must be an unencrypted EC, RSA or Ed25519 key");
  }
}
