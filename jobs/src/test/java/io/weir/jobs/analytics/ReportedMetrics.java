package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.local.FrequentCheckpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** What Flink's Prometheus reporter shows of a running job. */
record ReportedMetrics(int port) {

  private static final Path FOLDER = Path.of("..", "flink-conf", "monitoring");
  private static final Pattern METRIC = Pattern.compile("\\bflink_[A-Za-z0-9_]+");

  static ReportedMetrics onFreePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new ReportedMetrics(socket.getLocalPort());
    }
  }

  Configuration profile() {
    Configuration profile = FrequentCheckpoints.profile();
    profile.setString(
        "metrics.reporter.prom.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    profile.setString("metrics.reporter.prom.port", Integer.toString(port));
    return profile;
  }

  /** Of a job with a store, dead letters and a route. */
  void assertShowsWhatTheMonitoringFilesName() throws Exception {
    Set<String> named = new TreeSet<>();
    for (String file : new String[] {"alerts.yaml", "dashboard.json"}) {
      METRIC
          .matcher(Files.readString(FOLDER.resolve(file)))
          .results()
          .forEach(result -> named.add(result.group()));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    Set<String> shown =
        HttpClient.newHttpClient()
            .send(request, BodyHandlers.ofLines())
            .body()
            .map(line -> line.replaceAll("[{ ].*", ""))
            .collect(Collectors.toSet());

    assertThat(named).hasSizeGreaterThan(15);
    assertThat(shown).containsAll(named);
  }
}
