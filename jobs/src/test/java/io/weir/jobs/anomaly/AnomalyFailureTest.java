package io.weir.jobs.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.input.HeldOrigins;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.StaticSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job fails in the middle of a file whose beginning a checkpoint holds. */
@Timeout(300)
class AnomalyFailureTest {

  private static final int ROWS = 1500;
  private static final int HELD_FROM = 400;
  private static final int FAILS_AT = 700;

  private static final AtomicBoolean HELD_BY_A_CHECKPOINT = new AtomicBoolean();
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  @TempDir private Path folder;

  /** Delivers rows beyond the first ones when a checkpoint with those is complete. */
  private static boolean stops(long rows) {
    return rows > HELD_FROM && !HELD_BY_A_CHECKPOINT.get();
  }

  private static final class FailsOnce
      implements MapFunction<RawRecord, RawRecord>, CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1;

    private long position;
    private long checkpoint = Long.MAX_VALUE;

    @Override
    public RawRecord map(RawRecord row) {
      position = Math.max(position, row.position());
      if (position >= FAILS_AT && !FAILED.getAndSet(true)) {
        throw new IllegalStateException("injected by the test");
      }
      return row;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      if (position >= HELD_FROM && checkpoint == Long.MAX_VALUE) {
        checkpoint = context.getCheckpointId();
      }
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {}

    @Override
    public void notifyCheckpointComplete(long id) {
      if (id >= checkpoint) {
        HELD_BY_A_CHECKPOINT.set(true);
      }
    }
  }

  private static Configuration profile() {
    Configuration profile = LocalCluster.profile(Path.of("..", "flink-conf", "local"));
    profile.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    profile.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
    profile.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    profile.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    profile.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    return profile;
  }

  private Map<String, List<String>> writeSeries(Path input) throws IOException {
    Map<String, List<String>> expected = new TreeMap<>();
    Files.createDirectories(input);
    for (int i = 0; i < 3; i++) {
      List<String> lines = new ArrayList<>(List.of("timestamp,value"));
      new Random(i).doubles(ROWS).forEach(value -> lines.add(lines.size() + "," + value));
      Files.write(input.resolve(i + ".csv"), lines);
      expected.put(i + ".csv", AnomalyRun.scored(lines));
    }
    return expected;
  }

  private static void define(StreamExecutionEnvironment env, AnomalySettings settings) {
    env.setParallelism(2);
    AnomalyJob.define(
        env.fromSource(
                new StaticSource(new HeldOrigins(settings.files(), (file, rows) -> stops(rows))),
                WatermarkStrategy.noWatermarks(),
                "held")
            .map(new FailsOnce()),
        settings);
  }

  @Test
  void everyRowIsWrittenOnceAndScoredAsIfNothingHadHappened() throws Exception {
    Path output = folder.resolve("out");
    Map<String, List<String>> expected = writeSeries(folder.resolve("in"));
    AnomalySettings settings =
        new AnomalySettings(
            new SeriesFiles(folder.resolve("in").toString(), 1000), output.toString(), null);

    try (LocalCluster cluster = LocalCluster.start(profile())) {
      cluster.submit("anomaly", env -> define(env, settings)).getJobExecutionResult().get();
    }

    assertThat(FAILED).isTrue();
    Map<String, List<String>> written = AnomalyRun.files(output);
    written.keySet().removeIf(name -> name.startsWith("."));
    assertThat(written).isEqualTo(expected);
  }
}
