package io.weir.jobs.input;

import io.weir.jobs.formats.FormatSettings;
import io.weir.jobs.formats.TimeSettings;
import io.weir.jobs.settings.Section;
import io.weir.operators.intake.Decoder;
import io.weir.operators.intake.Intake;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.intake.TimeLimits;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job's records, from the source to behind the gate.
 *
 * @param source where records come from
 * @param format what they look like
 * @param time which column is their time
 * @param limits which of them are on time
 */
public record InputSettings(
    SourceSettings source, FormatSettings format, TimeSettings time, TimeLimits limits) {

  /** Reads {@code source}, {@code schema} and {@code time} of a job's settings. */
  public static InputSettings read(Section job) {
    return read(job, TimeLimits.DEFAULT.lateness());
  }

  /**
   * Reads the same.
   *
   * @param lateness where the settings give none
   */
  public static InputSettings read(Section job, Duration lateness) {
    return read(job, TimeLimits.DEFAULT.withLateness(lateness));
  }

  /**
   * Reads the same.
   *
   * @param defaults of the limits
   */
  public static InputSettings read(Section job, TimeLimits defaults) {
    Section section = job.section("source");
    String kind = section.exactlyOneOf("file", "kafka", "generator");
    Section settings = section.sectionOrEmpty(kind);
    SourceSettings source =
        switch (kind) {
          case "kafka" -> KafkaSourceSettings.read(settings);
          case "generator" -> GeneratorSourceSettings.read(settings);
          default -> FileSourceSettings.read(settings);
        };
    FormatSettings format = source.format(settings, job);
    settings.done();
    section.done();
    Section time = job.sectionOrEmpty("time");
    InputSettings input =
        new InputSettings(
            source, format, TimeSettings.read(time, format), limits(time, source, defaults));
    time.done();
    return input;
  }

  private static TimeLimits limits(Section time, SourceSettings source, TimeLimits defaults) {
    TimeLimits limits = TimeLimitSettings.read(time, defaults);
    return source.canFallSilent() ? limits : limits.withoutSilence();
  }

  /** The columns that a job can use. */
  public Schema schema() {
    return format.schema();
  }

  /**
   * Adds the source and the gate to a job's graph.
   *
   * @param wanted the columns that the job uses, some of {@link #schema()}; behind them {@link
   *     Schema#RECORD} if rows are to be stamped
   * @param uidPrefix the operators' uids are this and {@code -source} and {@code -gate}
   */
  public Intake<Row> attach(StreamExecutionEnvironment env, Schema wanted, String uidPrefix) {
    String uid = uidPrefix + "-source";
    DataStream<RawRecord> records =
        env.fromSource(source.source(format, time), WatermarkStrategy.noWatermarks(), uid).uid(uid);
    return Intake.behind(
        records, decoder(wanted), new RowTypeInfo(wanted), limits, uidPrefix + "-gate");
  }

  private Decoder<Row> decoder(Schema wanted) {
    int record = wanted.record();
    return record < 0
        ? format.decoder(wanted, time)
        : new NamedRows(format.decoder(new Schema(wanted.columns().subList(0, record)), time));
  }
}
