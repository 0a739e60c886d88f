package io.weir.consensus.server.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeEndpointsTest {

  private TestNode node;
  private HttpClient http;
  private RegisterStore store;

  @BeforeAll
  void makeCertificates(@TempDir Path folder) throws IOException {
    node = new TestNode(folder);
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(node.trust())
            .build();
  }

  @BeforeEach
  void openStore() {
    store = TestNode.store();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private HttpResponse<String> get(Front front, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(TestNode.uri(front.port()) + path))
            .header("Authorization", "Bearer " + node.token(Role.READ))
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  @Test
  void tellsLiveFromReady() throws Exception {
    try (Front front = node.front(store)) {
      assertThat(get(front, "/health").statusCode()).isEqualTo(200);
      assertThat(get(front, "/ready").statusCode()).isEqualTo(200);

      store.close();

      assertThat(get(front, "/health").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = get(front, "/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("not_ready");
    }
  }

  @Test
  void isNotReadyWhenTheStoreDoesNotAnswer() throws Exception {
    try (Front front = node.front(Faulty.mute(store))) {
      assertThat(get(front, "/ready").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void answersWithinItsLimitWhateverTheStoreDoes() throws Exception {
    FrontLimits limits =
        new FrontLimits(
            1_000,
            16_000,
            10,
            10,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(200));
    try (Front front = node.front(Faulty.mute(store), node.settings(0).withLimits(limits))) {
      HttpResponse<String> response = get(front, "/v1/jobs");

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("unavailable", "in time");
    }
  }

  @Test
  void sendsWatchersBeyondItsBoundToAnotherNode() throws Exception {
    FrontLimits limits =
        new FrontLimits(
            1_000,
            16_000,
            10,
            1,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));
    try (Front front = node.front(store, node.settings(0).withLimits(limits))) {
      HttpRequest waiting =
          HttpRequest.newBuilder(
                  URI.create(TestNode.uri(front.port()) + "/v1/jobs/a/watch?wait_ms=30000"))
              .header("Authorization", "Bearer " + node.token(Role.READ))
              .build();
      var first = http.sendAsync(waiting, BodyHandlers.ofString());
      await()
          .untilAsserted(
              () -> assertThat(get(front, "/metrics").body()).contains("weir_front_watchers 1.0"));

      HttpResponse<String> second = get(front, "/v1/jobs/a/watch");

      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.body()).contains("1 watches already");
      assertThat(first).isNotDone();
    }
  }

  @Test
  void countsRequestsProposalsAndTheLog() throws Exception {
    try (Front front = node.front(store);
        var client = node.connect(Role.PROPOSE, front.port())) {
      client.propose(Proposal.of("a", 0, new Change.Set("a: 1"), "t", "")).join();
      assertThat(client.propose(Proposal.of("a", 0, new Change.Set("a: 1"), "t", "")))
          .failsWithin(Duration.ofSeconds(5));
      get(front, "/v1/jobs/none");
      get(front, "/v1/none/of/these");

      HttpResponse<String> metrics = get(front, "/metrics");

      assertThat(metrics.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
      assertThat(metrics.body())
          .contains(
              "weir_store_proposals_total{outcome=\"committed\"} 1.0",
              "weir_store_proposals_total{outcome=\"version_conflict\"} 1.0",
              "weir_front_requests_total{method=\"PUT\",route=\"/v1/jobs/{job}\",status=\"200\"}"
                  + " 1.0",
              "weir_front_requests_total{method=\"GET\",route=\"/v1/jobs/{job}\",status=\"404\"}"
                  + " 1.0",
              "route=\"unknown\",status=\"404\"} 1.0",
              "weir_front_request_seconds_bucket{method=\"PUT\"",
              "weir_log_apply_lag 2.0",
              "weir_log_is_leader 1.0");
    }
  }
}
