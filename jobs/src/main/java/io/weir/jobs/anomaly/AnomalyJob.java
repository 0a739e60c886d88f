package io.weir.jobs.anomaly;

import io.weir.jobs.connectors.DeadLetters;
import io.weir.jobs.launch.JobDefinition;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.settings.Section;
import io.weir.operators.anomaly.AnomalyFunction;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.StaticSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Scores every row of a folder of series by how little it fits the rows before it. */
public final class AnomalyJob implements JobDefinition {

  static final String NAME = "anomaly";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "anomaly scores for the rows of recorded series, a CSV file each";
  }

  @Override
  public PreparedJob prepare(Section settings) {
    AnomalySettings anomaly = AnomalySettings.read(settings);
    return env -> define(env, anomaly);
  }

  /** Builds the job's graph; runs nothing. */
  static void define(StreamExecutionEnvironment env, AnomalySettings settings) {
    DataStream<RawRecord> records =
        env.fromSource(
                new StaticSource(settings.files()),
                WatermarkStrategy.noWatermarks(),
                NAME + "-source")
            .uid(NAME + "-source");
    define(records, settings);
  }

  /** Builds what stands behind the source. */
  static void define(DataStream<RawRecord> records, AnomalySettings settings) {
    SingleOutputStreamOperator<SeriesRow> rows =
        records
            .process(new SeriesReader(settings.files()), TypeInformation.of(SeriesRow.class))
            .uid(NAME + "-reader")
            .name("reader");
    DeadLetters.attach(
        rows.getSideOutput(SeriesReader.DEAD_LETTERS),
        settings.deadLetters(),
        NAME + "-dead-letters");
    rows.keyBy(SeriesRow::file, Types.STRING)
        .process(new AnomalyFunction<>(new RowMeasure()), TypeInformation.of(ScoredRow.class))
        .uid(NAME + "-scores")
        .name("scores")
        .keyBy(ScoredRow::file, Types.STRING)
        .transform(
            "mirror", Types.VOID, new MirrorOperator(settings.folder(), isCheckpointed(records)))
        .uid(NAME + "-mirror");
  }

  /** A batch job takes no checkpoints, whatever its configuration says of them. */
  private static boolean isCheckpointed(DataStream<?> stream) {
    return CheckpointingOptions.isCheckpointingEnabled(
        Configuration.fromMap(stream.getExecutionEnvironment().getConfiguration().toMap()));
  }
}
