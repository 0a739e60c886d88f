package io.weir.jobs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.formats.otlp.OtlpJsonDecoder;
import io.weir.jobs.formats.otlp.SpanColumns;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.intake.Intake;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.source.ClockedSource;
import io.weir.operators.source.StaticSource;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job fails twice in the middle of real spans, whose rates, durations and edges are known. */
@Timeout(300)
class MonitoringFailureTest {

  @TempDir private Path folder;

  private static Configuration profile() {
    Configuration profile = MonitoringRun.profile();
    profile.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    profile.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
    profile.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    profile.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
    profile.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    return profile;
  }

  private static void define(
      StreamExecutionEnvironment env, Path spans, MonitoringSettings settings) {
    env.setParallelism(2);
    FileOrigins files =
        new FileOrigins(
            List.of(spans.toString()), Framing.lines(), FileOrigins.DEFAULT_MAX_RECORD_BYTES);
    Intake<Row> intake =
        Intake.behind(
            env.fromSource(
                    new ClockedSource<>(new StaticSource(new Interruptions.HeldFiles(files))),
                    WatermarkStrategy.noWatermarks(),
                    "held")
                .map(new Interruptions.Failing()),
            new OtlpJsonDecoder(SpanColumns.MEASURED, SpanColumns.END),
            new RowTypeInfo(SpanColumns.MEASURED),
            settings.input().limits(),
            "gate");
    MonitoringJob.define(intake, settings);
  }

  @Test
  void everySpanAndEveryCallCountsOnceThroughTwoFailures() throws Exception {
    Path spans = TrainTicket.splitInTwo(folder.resolve("spans"));
    MonitoringRun run = new MonitoringRun(folder);
    MonitoringSettings settings =
        run.settings(
            """
            source: {file: {path: "%s", format: otlp-json}}
            quantiles: exact
            """
                .formatted(spans));

    try (LocalCluster cluster = LocalCluster.start(profile())) {
      cluster
          .submit("monitoring", env -> define(env, spans, settings))
          .getJobExecutionResult()
          .get();
    }

    assertThat(Interruptions.failures()).isEqualTo(2);
    assertThat(Interruptions.linesReadAgain()).isPositive();
    assertThat(run.deadLetters()).isEmpty();
    RedAnswers.assertAll(run, 0);
  }
}
