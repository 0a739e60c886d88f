package io.weir.consensus.server.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is refused has an answer of its own, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD = "{\"expected\": 1, \"document\": \"threshold: 5\"}";
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

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("GET", "/v1/jobs", null, "", 401, "unauthorized", "a token is missing"),
        arguments("GET", "/metrics", null, "", 401, "unauthorized", "a token is missing"),
        arguments("PUT", "/v1/jobs/known", null, GOOD, 401, "unauthorized", "a token is missing"),
        arguments("GET", "/nowhere", null, "", 401, "unauthorized", "a token is missing"),
        arguments("GET", "/v1/jobs", "wrong", "", 401, "unauthorized", "is not known"),
        arguments("PUT", "/v1/jobs/known", "READ", GOOD, 403, "forbidden", "propose is needed"),
        arguments("PUT", "/v1/jobs/known/schema", "READ", "{}", 403, "forbidden", "propose"),
        arguments("POST", "/v1/jobs/known/ledger", "READ", "{}", 403, "forbidden", "propose"),
        arguments("DELETE", "/v1/jobs/known?expected=1", "PROPOSE", "", 403, "forbidden", "admin"),
        arguments("POST", "/v1/jobs/known/adopt", "PROPOSE", "{}", 403, "forbidden", "admin"),
        arguments("GET", "/v1/nowhere", "READ", "", 404, "unknown_path", "no path /v1/nowhere"),
        arguments("GET", "/v1/jobs/", "READ", "", 404, "unknown_path", "no path"),
        arguments("PATCH", "/v1/jobs/known", "ADMIN", "", 405, "method_not_allowed", "PATCH"),
        arguments("GET", "/v1/jobs/none", "READ", "", 404, "unknown_job", "no job 'none'"),
        arguments("GET", "/v1/jobs/none/history", "READ", "", 404, "unknown_job", "'none'"),
        arguments("GET", "/v1/jobs/a%20b", "READ", "", 400, "invalid_request", "job 'a%20b'"),
        arguments("GET", "/v1/jobs/a%2Fb", "READ", "", 400, "bad_http", "Ambiguous"),
        arguments(
            "GET", "/v1/jobs/known?consistency=x", "READ", "", 400, "invalid_request", "local"),
        arguments("GET", "/v1/jobs/known?local=1", "READ", "", 400, "invalid_request", "'local'"),
        arguments(
            "GET", "/v1/jobs/known/history?from=x", "READ", "", 400, "invalid_request", "from=x"),
        arguments(
            "GET",
            "/v1/jobs/known/history?limit=0",
            "READ",
            "",
            400,
            "invalid_request",
            "at least 1"),
        arguments(
            "GET",
            "/v1/jobs/known/diff?from=1",
            "READ",
            "",
            400,
            "invalid_request",
            "to is missing"),
        arguments(
            "GET",
            "/v1/jobs/known/diff?from=1&to=9",
            "READ",
            "",
            404,
            "unknown_version",
            "newest version is 1"),
        arguments(
            "GET",
            "/v1/jobs/old/diff?from=1&to=9",
            "READ",
            "",
            410,
            "compacted",
            "oldest with content is 3"),
        arguments(
            "GET",
            "/v1/jobs/old/watch?from=1",
            "READ",
            "",
            410,
            "compacted",
            "oldest with content is 3"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": 1,",
            400,
            "invalid_request",
            "not JSON"),
        arguments("PUT", "/v1/jobs/known", "PROPOSE", "[]", 400, "invalid_request", "JSON object"),
        arguments("PUT", "/v1/jobs/known", "PROPOSE", "", 400, "invalid_request", "JSON object"),
        arguments(
            "PUT", "/v1/jobs/known", "PROPOSE", GOOD + GOOD, 400, "invalid_request", "not JSON"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": 1, \"expected\": 1}",
            400,
            "invalid_request",
            "Duplicate"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "[".repeat(10_000),
            400,
            "invalid_request",
            "not JSON"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": 1}",
            400,
            "invalid_request",
            "'document' is missing"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": \"1\", \"document\": \"a\"}",
            400,
            "invalid_request",
            "'expected' must be an integer"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": 1, \"document\": \"a\", \"dry\": 1}",
            400,
            "invalid_request",
            "'dry' is not known"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(1, "{threshold: 11}"),
            422,
            "invalid_configuration",
            "must have a maximum value of 10"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(1, "a: [1"),
            422,
            "invalid_configuration",
            "not YAML"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(7, "a: 1"),
            409,
            "version_conflict",
            "at version 1, not at the expected 7"),
        arguments(
            "PUT",
            "/v1/jobs/none",
            "PROPOSE",
            set(1, "a: 1"),
            409,
            "version_conflict",
            "at version 0"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(1, "a".repeat(300_000)),
            413,
            "document_too_large",
            "300000 bytes"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(1, noise()),
            413,
            "document_too_large",
            "compressed"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "x".repeat(1_000_000),
            413,
            "request_too_large",
            "1000000 bytes"),
        arguments(
            "POST",
            "/v1/jobs/known/rollback",
            "PROPOSE",
            "{\"expected\": 1, \"to\": 5}",
            404,
            "unknown_version",
            "no version 5"),
        arguments(
            "POST",
            "/v1/jobs/old/rollback",
            "PROPOSE",
            "{\"expected\": 202, \"to\": 2}",
            410,
            "compacted",
            "oldest with content is 3"),
        arguments(
            "POST",
            "/v1/jobs/known/check",
            "READ",
            "{\"change\": \"drop\", \"expected\": 1}",
            400,
            "invalid_request",
            "set, rollback, delete, adopt"),
        arguments(
            "POST",
            "/v1/jobs/known/adopt",
            "ADMIN",
            "{\"expected\": 1}",
            400,
            "invalid_request",
            "'abandoned' is missing"),
        arguments(
            "POST",
            "/v1/jobs/known/adopt",
            "ADMIN",
            "{\"expected\": 1, \"abandoned\": {\"version\": 5, \"hash\": \"5e\"}}",
            400,
            "invalid_request",
            "hash '5e'"),
        arguments(
            "POST",
            "/v1/jobs/none/adopt",
            "ADMIN",
            "{\"expected\": 0, \"abandoned\": {\"version\": 5, \"hash\": \"%s\"}}"
                .formatted("5e".repeat(32)),
            404,
            "unknown_job",
            "'none'"),
        arguments(
            "POST",
            "/v1/jobs/known/adopt",
            "ADMIN",
            "{\"expected\": 4, \"abandoned\": {\"version\": 5, \"hash\": \"%s\"}}"
                .formatted("5e".repeat(32)),
            409,
            "version_conflict",
            "not at the expected 4"),
        arguments("POST", "/v1/jobs/known/restore", "PROPOSE", "{}", 403, "forbidden", "admin"),
        arguments("PUT", "/v1/jobs/known/restore", "PROPOSE", "{}", 403, "forbidden", "admin"),
        arguments(
            "POST",
            "/v1/jobs/known/restore",
            "ADMIN",
            "{\"newest\": {\"version\": 5, \"hash\": \"%s\"}}".formatted("5e".repeat(32)),
            400,
            "invalid_request",
            "has versions already"),
        arguments(
            "PUT", "/v1/jobs/known/restore", "ADMIN", "{\"a\": 1}", 400, "invalid_request", "'a'"),
        arguments(
            "POST",
            "/v1/jobs/known/ledger",
            "PROPOSE",
            "{\"flink_job_id\": \"f\", \"checkpoint\": 0, \"version\": 5, \"subtasks\": 0,"
                + " \"time\": \"2026-01-01T00:00:00Z\", \"outcome\": \"not_followed\"}",
            400,
            "invalid_request",
            "hash ''"),
        arguments("DELETE", "/v1/jobs/none?expected=0", "ADMIN", "", 404, "unknown_job", "'none'"),
        arguments(
            "DELETE",
            "/v1/jobs/known",
            "ADMIN",
            "",
            400,
            "invalid_request",
            "'expected' is missing"),
        arguments(
            "PUT",
            "/v1/jobs/known/schema",
            "PROPOSE",
            "{\"schema\": \"{type: x}\"}",
            422,
            "invalid_configuration",
            "draft 2020-12"),
        arguments(
            "POST",
            "/v1/jobs/known/ledger",
            "PROPOSE",
            "{\"flink_job_id\": \"f\"}",
            400,
            "invalid_request",
            "'checkpoint' is missing"),
        arguments(
            "POST",
            "/v1/jobs/known/ledger",
            "PROPOSE",
            ledger(9),
            404,
            "unknown_version",
            "no version 9"));
  }

  private static String set(long expected, String document) {
    return JSON.createObjectNode().put("expected", expected).put("document", document).toString();
  }

  private static String ledger(long version) {
    return JSON.createObjectNode()
        .put("flink_job_id", "f")
        .put("checkpoint", 1)
        .put("version", version)
        .put("time", "2026-01-01T00:00:00Z")
        .put("subtasks", 1)
        .put("outcome", "in_force")
        .toString();
  }

  /** Fits as it is written, and does not compress. */
  private static String noise() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("a: \"");
    random.ints(150_000, 'A', 'z').filter(Character::isLetter).forEach(text::appendCodePoint);
    return text.append('"').toString();
  }

  @ParameterizedTest(name = "{0} {1} as {2}: {4} {5}")
  @MethodSource("refusals")
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
        JSON.readTree(send("PUT", "/v1/jobs/known", "PROPOSE", set(7, "a: 1")).body());
    JsonNode large =
        JSON.readTree(send("PUT", "/v1/jobs/known", "PROPOSE", set(1, noise())).body());

    assertThat(conflict.path("expected").asLong()).isEqualTo(7);
    assertThat(conflict.path("actual").asLong()).isEqualTo(1);
    assertThat(large.path("written_bytes").asLong()).isEqualTo(noise().length());
    assertThat(large.path("compressed_bytes").asLong()).isBetween(48 * 1024L, 150_000L);
    assertThat(large.path("allowed_compressed_bytes").asLong()).isEqualTo(48 * 1024);
  }

  @Test
  void namesPointerAndRuleOfWhatBreaksTheSchema() throws Exception {
    String body = set(1, "{threshold: 11, limits: 3}");

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
