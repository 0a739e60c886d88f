package io.weir.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.jobs.cluster.AccessLog.Result;
import io.weir.jobs.cluster.ClusterRest.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ClusterIT {

  private static final String BROKEN_LINE = "no line of an access log";
  private static final int STATUS_LIMIT = 500;

  // The condition and the sketch, which is exact for a handful of hosts, need libraries of the jar.
  private static final String SETTINGS =
      """
      source: {file: {path: access.log, format: apache-combined}}
      time: {field: time, lateness: 60s}
      where: status < 500
      group-by: [status]
      window: {tumbling: 1min}
      aggregates:
        requests: count
        hosts: approx_count_distinct(host)
        bytes: sum(bytes)
        p95: quantile(bytes, 0.95)
      sink: {file: {path: out}}
      """;

  private static @Nullable FlinkProcesses cluster;
  private static String jarId = "";

  @RegisterExtension
  static final AfterTestExecutionCallback EXPLANATION =
      test -> test.getExecutionException().ifPresent(failure -> cluster().explain(failure));

  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path home) throws Exception {
    // A job that cannot work fails at once, not after many restarts.
    cluster = FlinkProcesses.start(home, Map.of("restart-strategy.type", "none"));
    jarId = cluster.rest().upload(JobJar.file());
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static FlinkProcesses cluster() {
    if (cluster == null) {
      throw new IllegalStateException("not started");
    }
    return cluster;
  }

  @Test
  void analyticsSubmittedByRestWritesTheRightRows() throws Exception {
    AccessLog log = AccessLog.make();
    List<String> lines = new ArrayList<>(log.lines());
    lines.add(lines.size() / 2, BROKEN_LINE);
    Path in = Files.write(folder.resolve("access.log"), lines);
    Path out = folder.resolve("out");
    Path dead = folder.resolve("dead");

    Answer answer =
        run(
            SETTINGS,
            "source.file.path=" + in,
            "sink.file.path=" + out,
            "dead-letters.file.path=" + dead);
    String end = cluster().awaitEnd(answer.ifOk().path("jobid").asText());

    assertThat(end).isEqualTo("FINISHED");
    assertThat(JsonLines.readFinished(out))
        .extracting(ClusterIT::result)
        .containsExactlyInAnyOrderElementsOf(log.perMinuteAndStatusBelow(STATUS_LIMIT));
    assertThat(JsonLines.readFinished(dead))
        .extracting(letter -> letter.path("text").asText())
        .containsExactly(BROKEN_LINE);
    assertThat(cluster().missingClasses()).isEmpty();
  }

  private static Result result(JsonNode row) {
    return new Result(
        Instant.parse(row.path("window_start").asText()),
        Instant.parse(row.path("window_end").asText()),
        row.path("status").intValue(),
        row.path("requests").longValue(),
        row.path("hosts").longValue(),
        row.path("bytes").longValue(),
        row.path("p95").longValue(),
        row.path("version").asLong(-1));
  }

  @Test
  void wrongSettingsAreAnsweredWithEveryMistake() throws Exception {
    String settings = SETTINGS.replace("60s", "soon").replace("status < 500", "colour < 500");

    Answer answer =
        run(settings, "window.tumbling=never", "aggregates.p95=quantile(bytes)", "sink.file.at=x");

    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    assertThat(answer.body().path("errors").toString())
        .contains("analytics.yaml:2: time.lateness: ")
        .contains("analytics.yaml:3: where: ")
        .contains("--set window.tumbling: ")
        .contains("--set aggregates.p95: ")
        .contains("--set sink.file.at: ");
  }

  private Answer run(String settings, String... overrides)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("analytics.yaml"), settings);
    List<String> arguments = new ArrayList<>(List.of("analytics", "--settings", file.toString()));
    Arrays.stream(overrides).forEach(override -> arguments.addAll(List.of("--set", override)));
    return cluster().rest().run(jarId, arguments);
  }

  @Test
  void slotsComeAndGoWithTaskManagers() throws Exception {
    FlinkProcess second = cluster().startTaskManager();
    cluster().awaitSlots(2 * ClusterConf.SLOTS);

    second.kill();

    cluster().awaitSlots(ClusterConf.SLOTS);
    assertThat(cluster().rest().get("/taskmanagers").findValuesAsText("id"))
        .hasSize(1)
        .doesNotContain(second.name());
  }
}
