package io.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.cluster.AccessLog.Result;
import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Service;
import io.weir.cluster.servers.FlinkApplication;
import io.weir.cluster.servers.FlinkJob;
import io.weir.cluster.servers.FlinkLibrary;
import io.weir.cluster.servers.FlinkServers;
import io.weir.cluster.servers.Place;
import io.weir.jobs.WeirJob;
import io.weir.jobs.rest.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The job jar on Flink's own processes, of each version that it must run on. */
@ParameterizedClass
@MethodSource("io.weir.cluster.Built#libraries")
class SubmissionIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String BROKEN_LINE = "no line of an access log";
  private static final int STATUS_LIMIT = 500;
  private static final Pattern SUBMITTED = Pattern.compile("submitted with JobID ([0-9a-f]{32})");
  private static final Pattern MISSING_CLASS =
      Pattern.compile(
          "NoClassDefFoundError|ClassNotFoundException|LinkageError|NoSuch(Method|Field)Error");

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

  private static final Map<String, String> OPTIONS =
      Map.of(
          // A job that cannot work fails at once, not after many restarts.
          "restart-strategy.type", "none",
          // One that has read its file ends with its next checkpoint.
          "execution.checkpointing.interval", "200 ms",
          "execution.checkpointing.min-pause", "50 ms");

  /** What has run for these tests. */
  private static final List<Service> PROCESSES = new ArrayList<>();

  private static @Nullable FlinkServers started;
  private static @Nullable Place place;

  @RegisterExtension
  static final AfterTestExecutionCallback EXPLANATION =
      test -> test.getExecutionException().ifPresent(SubmissionIT::explain);

  @TempDir private Path folder;

  SubmissionIT(FlinkLibrary library) {
    assertThat(library.version()).isEqualTo(flink().library().version());
  }

  @BeforeParameterizedClassInvocation
  static void start(FlinkLibrary library, @TempDir Path home) throws Exception {
    place = Place.open(Built.project(), home);
    started = FlinkServers.prepare(place, library, 1, 1, OPTIONS);
    PROCESSES.addAll(started.services());
    started.start();
    started.awaitReady(new Patience(PATIENCE, started.services()));
  }

  private static FlinkServers flink() {
    return Objects.requireNonNull(started, "not started");
  }

  private static void explain(Throwable failure) {
    PROCESSES.forEach(each -> failure.addSuppressed(new AssertionError(each.tail())));
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    if (place != null) {
      place.roster().endAll();
    }
    PROCESSES.clear();
  }

  @Test
  void analyticsSubmittedByRestWritesTheRightRows() throws Exception {
    FlinkJob job = new FlinkJob(flink().jobManager(), "0".repeat(31) + "1");

    Answer answer = run(job, SETTINGS, files());

    assertThat(answer.text("jobid")).as(answer.error()).isEqualTo(job.id());
    assertWritesTheRightRows(job);
  }

  @Test
  void analyticsSubmittedByTheCommandLineWritesTheRightRows() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("run", "-d", Built.jobJar().toString()));
    arguments.addAll(arguments(SETTINGS, files()));

    String said = String.join("\n", flink().commandLine(arguments));

    Matcher submitted = SUBMITTED.matcher(said);
    assertThat(submitted.find()).as(said).isTrue();
    assertWritesTheRightRows(new FlinkJob(flink().jobManager(), submitted.group(1)));
  }

  @Test
  void analyticsInApplicationModeWritesTheRightRowsAndEndsItsJobManager() throws Exception {
    FlinkApplication application =
        flink().application(Built.jobJar(), WeirJob.class.getName(), arguments(SETTINGS, files()));
    PROCESSES.addAll(application.services());
    for (Service service : application.services()) {
      service.start();
    }

    new Patience(PATIENCE, List.of(application.taskManager()))
        .until(
            "the end of the JobManager", () -> Optional.of(!application.jobManager().isRunning()));

    assertThat(application.jobManager().output()).contains("application status SUCCEEDED");
    assertThatTheRightRowsAreWritten();
  }

  private List<String> files() throws IOException {
    List<String> lines = new ArrayList<>(AccessLog.make().lines());
    lines.add(lines.size() / 2, BROKEN_LINE);
    return List.of(
        "source.file.path=" + Files.write(folder.resolve("access.log"), lines),
        "sink.file.path=" + folder.resolve("out"),
        "dead-letters.file.path=" + folder.resolve("dead"));
  }

  private void assertWritesTheRightRows(FlinkJob job) throws Exception {
    String end = new Patience(PATIENCE, flink().services()).await("the end", job::end);

    assertThat(end).isEqualTo("FINISHED");
    assertThatTheRightRowsAreWritten();
  }

  private void assertThatTheRightRowsAreWritten() throws IOException {
    assertThat(JsonLines.readFinished(folder.resolve("out")))
        .extracting(SubmissionIT::result)
        .containsExactlyInAnyOrderElementsOf(
            AccessLog.make().perMinuteAndStatusBelow(STATUS_LIMIT));
    assertThat(JsonLines.readFinished(folder.resolve("dead")))
        .extracting(letter -> letter.path("text").asText())
        .containsExactly(BROKEN_LINE);
    assertThat(missingClasses()).isEmpty();
  }

  /** Flink itself looks for Hadoop and goes on without. */
  private static List<String> missingClasses() {
    return PROCESSES.stream()
        .flatMap(process -> process.output().lines())
        .filter(line -> MISSING_CLASS.matcher(line).find() && !line.contains("hadoop"))
        .toList();
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
        run(
            new FlinkJob(flink().jobManager(), "0".repeat(31) + "2"),
            settings,
            List.of("window.tumbling=never", "aggregates.p95=quantile(bytes)", "sink.file.at=x"));

    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    assertThat(answer.text("errors"))
        .contains("analytics.yaml:2: time.lateness: ")
        .contains("analytics.yaml:3: where: ")
        .contains("--set window.tumbling: ")
        .contains("--set aggregates.p95: ")
        .contains("--set sink.file.at: ");
  }

  private Answer run(FlinkJob job, String settings, List<String> overrides) throws Exception {
    String jar = FlinkJob.upload(flink().jobManager(), Built.jobJar());
    return job.run(jar, arguments(settings, overrides));
  }

  private List<String> arguments(String settings, List<String> overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("analytics.yaml"), settings);
    List<String> arguments = new ArrayList<>(List.of("analytics", "--settings", file.toString()));
    overrides.forEach(override -> arguments.addAll(List.of("--set", override)));
    return arguments;
  }
}
