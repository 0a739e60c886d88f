package io.weir.jobs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.formats.otlp.OtlpJsonDecoder;
import io.weir.jobs.formats.otlp.SpanColumns;
import io.weir.jobs.savepoints.AbsentStore;
import io.weir.jobs.savepoints.Lines;
import io.weir.jobs.savepoints.SavepointContract;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.intake.Intake;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans that wait for their parents, open windows, pending and firing alerts, learned usuals. */
class MonitoringSavepointTest extends SavepointContract {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final int CALLS = 120;
  // Behind a child whose parent is the next line.
  private static final int STOP = 65;

  @TempDir private Path folder;

  private boolean live;

  MonitoringSavepointTest() {
    super(MonitoringJob.NAME, Lines.of(Map.of("even", spans(2), "odd", spans(1))), STOP);
  }

  /** Every other call from shop to stock, ten seconds apart; a child ends before its parent. */
  private static List<String> spans(int first) {
    List<String> spans = new ArrayList<>();
    for (int call = first; call <= CALLS; call += 2) {
      Instant end = START.plusSeconds(10L * call);
      boolean error = call > 40 && call % 3 != 0;
      spans.add(span("stock", call, 2, 1, end.minusMillis(20), 30 + call % 7, error));
      spans.add(span("shop", call, 1, 0, end, 90 + call % 11, false));
    }
    return spans;
  }

  private static String span(
      String service, int trace, int id, int parent, Instant end, long millis, boolean error) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(end.toEpochMilli());
    return """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":\
        {"stringValue":"%s"}}]},"scopeSpans":[{"spans":[{"traceId":"%032x","spanId":"%016x",\
        "parentSpanId":"%s","name":"GET","startTimeUnixNano":"%d","endTimeUnixNano":"%d",\
        "status":{"code":%d}}]}]}]}"""
        .formatted(
            service,
            trace,
            id,
            parent == 0 ? "" : String.format("%016x", parent),
            nanos - TimeUnit.MILLISECONDS.toNanos(millis),
            nanos,
            error ? 2 : 0);
  }

  /**
   * The build that made the savepoint told no self times: there, traces had no part in switches of
   * versions. The rules that it was under are in the savepoint alone.
   */
  @Test
  void goesOnFromALiveJobWhoseTracesDidNotFollowTheConfiguration() throws Exception {
    List<String> whole = runWhole();
    live = true;

    List<String> interrupted = goOnFrom("savepoint-of-a-live-job");

    assertThat(interrupted).containsExactlyElementsOf(whole);
  }

  @Override
  protected void define(StreamExecutionEnvironment env, Lines input, Path output, boolean restored)
      throws IOException {
    MonitoringSettings settings = live ? withoutStore(settings(output)) : settings(output);
    Intake<Row> intake =
        Intake.behind(
            input.clocked(env, MonitoringJob.NAME),
            new OtlpJsonDecoder(SpanColumns.MEASURED, SpanColumns.END),
            new RowTypeInfo(SpanColumns.MEASURED),
            settings.input().limits(),
            MonitoringJob.NAME + "-gate");
    MonitoringJob.define(intake, settings);
  }

  /** A restored job whose store is away: it must not take the document of its settings. */
  private static MonitoringSettings withoutStore(MonitoringSettings settings) {
    EpochSettings absent =
        EpochSettings.following(MonitoringJob.NAME, AbsentStore::new)
            .withStartLimit(Duration.ZERO)
            .withInitialDocument("rules: []");
    return new MonitoringSettings(
        settings.input(),
        settings.window(),
        settings.quantiles(),
        settings.parentWait(),
        settings.metricGroups(),
        new AlertSettings(absent, settings.alerts().forget()),
        settings.stamps(),
        settings.sink(),
        settings.deadLetters());
  }

  private MonitoringSettings settings(Path output) throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            """
            rules:
              - {name: errors, metric: errors, comparison: ">", threshold: 2, for: 4min}
              - {name: some, scope: edge, metric: errors, comparison: ">", threshold: 1}
              - {name: slow, metric: p95_us, measure: times-usual, comparison: ">", threshold: 1.01}
              - {name: strange, scope: operation, service: shop, metric: p50_us,
                 measure: anomaly-score, comparison: ">", threshold: 0.9}
            """);
    Path input = Files.writeString(folder.resolve("in.jsonl"), spans(1).get(0));
    Path file =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            source: {file: {path: "%s", format: otlp-json}}
            time: {lateness: 1s, hold: {rows: 8}}
            calls: {wait: 30s}
            window: 1min
            alerts: {rules: "%s"}
            sink: {file: {path: "%s"}}
            dead-letters: {file: {path: "%s/dead"}}
            """
                .formatted(input, rules, output, output));
    Problems problems = new Problems();
    MonitoringSettings settings =
        MonitoringSettings.read(new SettingsFile(problems, name -> null).read(file, List.of()));
    problems.throwIfAny();
    return settings;
  }
}
