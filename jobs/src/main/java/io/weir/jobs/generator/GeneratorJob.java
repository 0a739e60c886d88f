package io.weir.jobs.generator;

import io.weir.jobs.connectors.SinkSettings;
import io.weir.jobs.connectors.Sinks;
import io.weir.jobs.connectors.Table;
import io.weir.jobs.launch.JobDefinition;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.settings.Section;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Made-up access-log events, sent on byte for byte: {@link GeneratorSettings} says which. */
public final class GeneratorJob implements JobDefinition {

  private static final String NAME = "generator";

  private static final Table EVENTS =
      new Table("events", Schema.of(new Column("event", ColumnType.STRING)), List.of());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "made-up access-log events, seeded, with known duplicates, late and broken ones";
  }

  @Override
  public PreparedJob prepare(Section settings) {
    Section section = settings.sectionOrEmpty("generator");
    GeneratorSettings generator = GeneratorSettings.read(section);
    section.done();
    SinkSettings sink = SinkSettings.readForText(settings.section("sink"), NAME + "-sink");
    return env -> define(env, generator, sink);
  }

  /** Builds the job's graph; runs nothing. */
  static void define(
      StreamExecutionEnvironment env, GeneratorSettings generator, SinkSettings sink) {
    DataStream<RawRecord> events =
        env.fromSource(
                GeneratorSource.create(generator, Instant.now()),
                WatermarkStrategy.noWatermarks(),
                NAME + "-source")
            .uid(NAME + "-source");
    DataStream<Row> lines =
        events
            .flatMap(new EventLines())
            .returns(new RowTypeInfo(EVENTS.schema()))
            .uid(NAME + "-lines")
            .name("lines");
    Sinks.attach(lines, EVENTS, sink, NAME + "-sink");
  }
}
