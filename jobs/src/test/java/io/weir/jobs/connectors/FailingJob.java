package io.weir.jobs.connectors;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A bounded job whose third checkpoint fails after its rows were handed to the sink, and which is
 * then restored from an earlier one. Each row says after which barrier it was made.
 */
public final class FailingJob {

  public static final Table TABLE =
      new Table(
          "rows",
          Schema.of(new Column("id", ColumnType.LONG), new Column("epoch", ColumnType.LONG)),
          List.of("id"));

  private static final Pattern CHECKPOINT = Pattern.compile(".*/chk-(\\d+)/_metadata");
  private static final long FAILING_CHECKPOINT = 3;
  private static final AtomicBoolean FAILED = new AtomicBoolean();
  private static final AtomicLong RESTORED = new AtomicLong();
  private static volatile Runnable duringSnapshot = () -> {};

  private FailingJob() {}

  /**
   * Runs the job to its end.
   *
   * @param checkpoints where completed checkpoints leave {@code chk-n/_metadata}
   * @param hook called by every subtask between a barrier and its snapshot
   * @return the checkpoint that it was restored from
   */
  public static long run(SinkSettings sink, long rows, Path checkpoints, Runnable hook)
      throws Exception {
    FAILED.set(false);
    RESTORED.set(-1);
    duringSnapshot = hook;
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration(checkpoints));
    DataGeneratorSource<Row> source =
        new DataGeneratorSource<>(
            FailingJob::row,
            rows,
            RateLimiterStrategy.perSecond(rows / 2.0),
            new RowTypeInfo(TABLE.schema()));
    Sinks.attach(
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
            .map(new Stamp())
            .returns(new RowTypeInfo(TABLE.schema())),
        TABLE,
        sink,
        "sink");
    env.execute();
    return RESTORED.get();
  }

  private static Configuration configuration(Path checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(150));
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 1_000);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    return configuration;
  }

  private static Row row(long id) {
    Row row = new Row(TABLE.schema().size());
    row.setLong(0, id);
    return row;
  }

  /** The last checkpoint that Flink has completed: its metadata is there before anyone is told. */
  public static long lastCompleted(Path checkpoints) throws IOException {
    while (true) {
      try (Stream<Path> files = Files.walk(checkpoints, 3)) {
        return lastOf(files);
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
        // Flink has removed an older one meanwhile, after it completed one that may not be listed.
      }
    }
  }

  private static long lastOf(Stream<Path> files) {
    return files
        .filter(file -> file.endsWith("_metadata"))
        .mapToLong(file -> Long.parseLong(CHECKPOINT.matcher(file.toString()).replaceAll("$1")))
        .max()
        .orElse(0);
  }

  private static final class Stamp extends RichMapFunction<Row, Row>
      implements CheckpointedFunction {

    private long epoch;

    @Override
    public void initializeState(FunctionInitializationContext context) {
      epoch = context.getRestoredCheckpointId().orElse(0);
      RESTORED.accumulateAndGet(epoch, Math::max);
    }

    @Override
    public Row map(Row row) {
      row.setLong(1, epoch);
      return row;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      epoch = context.getCheckpointId();
      duringSnapshot.run();
      if (epoch >= FAILING_CHECKPOINT && !FAILED.getAndSet(true)) {
        throw new IllegalStateException("injected by the test");
      }
    }
  }
}
