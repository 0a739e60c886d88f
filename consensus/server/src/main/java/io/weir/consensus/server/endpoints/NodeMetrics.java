package io.weir.consensus.server.endpoints;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.wire.Problem;
import io.weir.consensus.log.LogStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A node's figures for Prometheus. Labels take few values: routes as they are declared, statuses,
 * words of errors.
 */
public final class NodeMetrics {

  private static final double[] SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("weir_front_requests")
          .help("Requests answered, by route and status; a route of its own for unknown paths")
          .labelNames("method", "route", "status")
          .register(registry);
  private final Histogram latency =
      Histogram.builder()
          .name("weir_front_request_seconds")
          .help("Time from a request's headers to its answer; a watch waits by its nature")
          .labelNames("method", "route")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);
  private final Counter proposals =
      Counter.builder()
          .name("weir_store_proposals")
          .help("Proposals by what became of them: committed, or the word of the refusal")
          .labelNames("outcome")
          .register(registry);
  private final Gauge watchers =
      Gauge.builder()
          .name("weir_front_watchers")
          .help("Watches that wait for a version now")
          .register(registry);

  public NodeMetrics(Supplier<LogStatus> status) {
    gauge(status, "committed_index", "Highest index known to be committed", LogStatus::committed);
    gauge(status, "applied_index", "Highest index applied to the register", LogStatus::applied);
    gauge(
        status,
        "apply_lag",
        "Committed less applied; when it stays above 0, the register no longer follows",
        log -> log.committed() - log.applied());
    gauge(status, "term", "Term or ballot of the node", LogStatus::term);
    gauge(status, "is_leader", "1 on the leader", log -> log.node().equals(log.leader()) ? 1 : 0);
    gauge(status, "has_leader", "1 when a leader is known", log -> log.leader() == null ? 0 : 1);
  }

  private void gauge(
      Supplier<LogStatus> status, String name, String help, ToDoubleFunction<LogStatus> value) {
    GaugeWithCallback.builder()
        .name("weir_log_" + name)
        .help(help)
        .callback(callback -> callback.call(value.applyAsDouble(status.get())))
        .register(registry);
  }

  public void answered(String method, String route, int status, long nanos) {
    requests.labelValues(method, route, String.valueOf(status)).inc();
    latency.labelValues(method, route).observe(nanos / 1e9);
  }

  /** Counts what becomes of a proposal. */
  <T> CompletableFuture<T> counted(CompletableFuture<T> proposal) {
    return proposal.whenComplete((value, failure) -> proposals.labelValues(outcome(failure)).inc());
  }

  private static String outcome(@Nullable Throwable failure) {
    if (failure == null) {
      return "committed";
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof StoreException refusal ? Problem.of(refusal).error() : "internal";
  }

  void watching(int more) {
    watchers.inc(more);
  }

  byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }
}
