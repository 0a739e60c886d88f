package io.weir.jobs.analytics;

import io.weir.jobs.savepoints.AbsentStore;
import io.weir.jobs.savepoints.Lines;
import io.weir.jobs.savepoints.SavepointContract;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.intake.Intake;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.io.TempDir;

/**
 * Windows that are open with every kind of aggregate, a row that is held back, and rules that only
 * the savepoint knows.
 */
class AnalyticsSavepointTest extends SavepointContract {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final int LINES = 90;
  private static final int STOP = 45;

  @TempDir private Path folder;

  AnalyticsSavepointTest() {
    super(AnalyticsJob.NAME, Lines.of(Map.of("east", lines(3), "west", lines(7))), STOP);
  }

  private static List<String> lines(int step) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      lines.add(
          """
          {"at":"%s","host":"h%d","status":%d,"bytes":%d,"url":"/%d"}"""
              .formatted(
                  // The savepoint holds one row back: is its clock wrong, or has time moved on?
                  START.plusSeconds(2L * i).plus(Duration.ofDays(i == STOP - 2 ? 3 : 0)),
                  i * step % 11,
                  i % step == 0 ? 500 : 200 + i % 2,
                  100 + i * step,
                  i * step % 5));
    }
    return lines;
  }

  @Override
  protected void define(StreamExecutionEnvironment env, Lines input, Path output, boolean restored)
      throws Exception {
    AnalyticsSettings settings = live(settings(output), restored);
    Intake<Row> intake =
        Intake.behind(
            input.clocked(env, AnalyticsJob.NAME),
            settings.input().format().decoder(settings.plan().rows(), settings.input().time()),
            new RowTypeInfo(settings.plan().rows()),
            settings.input().limits(),
            AnalyticsJob.NAME + "-gate");
    AnalyticsJob.define(intake, settings);
  }

  private AnalyticsSettings settings(Path output) throws Exception {
    return AnalyticsRun.settings(
        folder,
        """
        source: {file: {path: "%s", format: json}}
        schema: {at: time, host: string, status: long, bytes: long, url: string}
        time: {field: at, lateness: 5s, hold: {rows: 8}}
        group-by: [status]
        window: {tumbling: 1min}
        aggregates:
          requests: count
          bytes: sum(bytes)
          mean: avg(bytes)
          least: min(bytes)
          last: max(url)
          hosts: count_distinct(host)
          about: approx_count_distinct(host)
          p50: quantile(bytes, 0.5)
          p90: quantile(bytes, 0.9)
          near: approx_quantile(bytes, 0.5)
          within: relative_quantile(bytes, 0.5)
          top: top(url, 3)
          often: approx_top(host, 3)
        sink: {file: {path: "%s/windows"}}
        dead-letters: {file: {path: "%s/dead"}}
        """
            .formatted(
                Files.writeString(folder.resolve("in.jsonl"), lines(3).get(0)), output, output));
  }

  /** A job whose store is away: restored, it must not take the document of its settings. */
  private static AnalyticsSettings live(AnalyticsSettings settings, boolean restored) {
    PlanSettings plan = settings.plan();
    return new AnalyticsSettings(
        settings.input(),
        new PlanSettings(plan.rows(), null, plan.plan(), plan.exchange(), true, plan.stamps()),
        EpochSettings.following(AnalyticsJob.NAME, AbsentStore::new)
            .withStartLimit(Duration.ZERO)
            .withInitialDocument(restored ? "{where: status == 0}" : "{where: status < 500}"),
        settings.sink(),
        settings.deadLetters());
  }
}
