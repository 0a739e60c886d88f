package io.weir.consensus.server.endpoints;

import static io.weir.consensus.server.access.Role.READ;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.http.wire.Json;
import io.weir.consensus.http.wire.Problem;
import io.weir.consensus.http.wire.StatusJson;
import io.weir.consensus.log.LogStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What a node says of itself. */
final class NodeEndpoints {

  /** Shorter than the patience of whatever asks, such as a load balancer. */
  private static final Duration READY_LIMIT = Duration.ofSeconds(1);

  private static final HttpAnswer NOT_READY =
      HttpAnswer.of(Problem.of(503, "not_ready", "a read by quorum does not succeed now"));

  private final ConfigurationStore store;
  private final Supplier<LogStatus> status;
  private final NodeMetrics metrics;

  NodeEndpoints(ConfigurationStore store, Supplier<LogStatus> status, NodeMetrics metrics) {
    this.store = store;
    this.status = status;
    this.metrics = metrics;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/health", null, inquiry -> done(said("live"))),
        Route.get("/ready", null, this::ready),
        Route.get("/metrics", READ, this::metrics),
        Route.get("/v1/status", READ, this::status));
  }

  private CompletableFuture<HttpAnswer> ready(Inquiry inquiry) {
    return store
        .jobs()
        .handle((jobs, failure) -> failure == null ? said("ready") : NOT_READY)
        .completeOnTimeout(NOT_READY, READY_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<HttpAnswer> metrics(Inquiry inquiry) {
    return done(HttpAnswer.text(PrometheusTextFormatWriter.CONTENT_TYPE, metrics.text()));
  }

  private CompletableFuture<HttpAnswer> status(Inquiry inquiry) {
    return done(HttpAnswer.json(StatusJson.write(status.get())));
  }

  private static HttpAnswer said(String word) {
    return HttpAnswer.json(Json.object().put("status", word));
  }

  private static CompletableFuture<HttpAnswer> done(HttpAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
