package io.weir.jobs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.local.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
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

  @Test
  void everySpanAndEveryCallCountsOnceThroughTwoFailures() throws Exception {
    Path spans = TrainTicket.splitInTwo(folder.resolve("spans"));
    MonitoringRun run = new MonitoringRun(folder);
    MonitoringSettings settings =
        run.settings(
            """
            source: {file: {path: "%s", format: otlp-json}}
            quantiles: exact
            alerts: {rules: "%s"}
            """
                .formatted(spans, SelfTimeAnswers.rules(folder)));

    try (LocalCluster cluster = LocalCluster.start(profile())) {
      cluster
          .submit(
              "monitoring",
              env -> {
                env.setParallelism(2);
                MonitoringRun.define(
                    env,
                    new Interruptions.HeldFiles(MonitoringRun.files(spans)),
                    new Interruptions.Failing(),
                    settings);
              })
          .getJobExecutionResult()
          .get();
    }

    assertThat(Interruptions.failures()).isEqualTo(2);
    assertThat(Interruptions.linesReadAgain()).isPositive();
    assertThat(run.deadLetters()).isEmpty();
    RedAnswers.assertAll(run, 0);
    SelfTimeAnswers.read().assertTold(run.table("alerts"));
  }
}
