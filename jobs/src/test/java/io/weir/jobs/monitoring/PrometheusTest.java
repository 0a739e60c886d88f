package io.weir.jobs.monitoring;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.jobs.local.LocalCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flink's own Prometheus reporter shows the newest window of a running job. */
@Timeout(180)
class PrometheusTest {

  private static final String SPAN =
      """
      {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":\
      {"stringValue":"%s"}}]},"scopeSpans":[{"spans":[{"traceId":"%032x","spanId":"%016x",\
      "name":"GET /all","startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":{"code":%d}}]}]}]}
      """;
  private static final long MINUTE = 60_000_000_000L;
  private static final long START = 28_000_000 * MINUTE;

  private static int port;
  private static LocalCluster cluster;

  @TempDir private Path folder;

  private int spans;

  @BeforeAll
  static void start() throws Exception {
    port = freePort();
    cluster = LocalCluster.start(profile());
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  /** A span that ends at a time, in nanoseconds behind the start. */
  private String span(String service, long end, long micros, int status) {
    spans++;
    long nanos = START + end;
    return SPAN.formatted(service, spans, spans, nanos - 1_000 * micros, nanos, status);
  }

  /** Adds a file; with the default lateness its end closes the second minute, and no later one. */
  private void write(String file, String spans) throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("spans")).resolve(file),
        spans + span("shop", 4 * MINUTE + MINUTE / 2, 100, 0));
  }

  private static Configuration profile() {
    Configuration profile = MonitoringRun.profile();
    profile.setString(
        "metrics.reporter.prom.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    profile.setString("metrics.reporter.prom.port", Integer.toString(port));
    profile.setString("metrics.reporter.prom.filterLabelValueCharacters", "false");
    return profile;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }

  private JobClient start(String name, String yaml) throws Exception {
    MonitoringSettings settings =
        new MonitoringRun(Files.createDirectories(folder.resolve(name)))
            .settings(
                """
                source: {file: {path: spans, format: otlp-json}}
                time: {hold: {rows: 1}}
                %s
                """
                    .formatted(yaml));
    return cluster.submit(
        name,
        env -> {
          env.setParallelism(2);
          MonitoringRun.define(
              env,
              new EndlessFiles(MonitoringRun.files(folder.resolve("spans"))),
              line -> line,
              settings);
        });
  }

  /** What Prometheus reads of a job: {@code service="shop" 3.0}. */
  private static List<String> scrape(String job, String metric) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    return HttpClient.newHttpClient()
        .send(request, BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith("flink_taskmanager_job_task_operator_" + metric + "{"))
        .filter(line -> line.contains("job_name=\"" + job + "\""))
        .map(line -> line.replaceAll(".*\\b(service=\"[^\"]*\").*\\} (.*)", "$1 $2"))
        .sorted()
        .toList();
  }

  @Test
  void eachGroupOfTheNewestWindowIsShownOnceAndNoOther() throws Exception {
    write(
        "1.jsonl",
        span("shop", 1, 100, 0) + span("old-stock", 2, 100, 0) + span("shop", MINUTE + 1, 200, 0));
    write("2.jsonl", span("shop", MINUTE + 2, 300, 2) + span("stock/a", MINUTE + 3, 50, 0));
    String table = "red_by_service_service_";

    JobClient running = start("all", "");
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(scrape("all", table + "calls"))
                    .containsExactly("service=\"shop\" 2.0", "service=\"stock/a\" 1.0"));

    assertThat(scrape("all", table + "errors"))
        .containsExactly("service=\"shop\" 1.0", "service=\"stock/a\" 0.0");
    assertThat(scrape("all", table + "duration_sum_us"))
        .containsExactly("service=\"shop\" 500.0", "service=\"stock/a\" 50.0");
    assertThat(scrape("all", table + "window_start"))
        .hasSize(2)
        .allMatch(line -> line.endsWith(" " + (START + MINUTE) / 1e9));
    running.cancel().get();
  }

  @Test
  void noMoreGroupsAreShownThanEachSubtaskMayShow() throws Exception {
    write(
        "1.jsonl", IntStream.range(0, 5).mapToObj(i -> span("s" + i, i, 10, 0)).collect(joining()));
    write(
        "2.jsonl",
        IntStream.range(5, 10).mapToObj(i -> span("s" + i, i, 10, 0)).collect(joining()));

    JobClient running = start("few", "window: 2min\nmetrics: {groups: 1}");
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              int shown = scrape("few", "red_by_service_service_calls").size();
              assertThat(shown).isBetween(1, 2);
              assertThat(sum(scrape("few", "red_by_service_groupsLeftOut"))).isEqualTo(10 - shown);
            });

    running.cancel().get();
  }

  private static long sum(List<String> lines) {
    return lines.stream()
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
