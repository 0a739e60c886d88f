package io.weir.jobs.monitoring;

import io.weir.jobs.connectors.DeadLetters;
import io.weir.jobs.connectors.Sinks;
import io.weir.jobs.connectors.Table;
import io.weir.jobs.formats.otlp.SpanColumns;
import io.weir.jobs.launch.JobDefinition;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.settings.Section;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.intake.Intake;
import io.weir.operators.row.Projection;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import io.weir.operators.trace.LinkedSpans;
import io.weir.operators.window.WindowPlan;
import io.weir.operators.window.WindowedAggregation;
import io.weir.operators.window.WindowedRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Rate, errors and duration of services, by their spans: source, gate, traces, windows, sinks. Each
 * series is written by one subtask, however many there are.
 */
public final class MonitoringJob implements JobDefinition {

  static final String NAME = "monitoring";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "rate, errors and duration of services and of calls between them, from OTLP spans";
  }

  @Override
  public PreparedJob prepare(Section settings) {
    MonitoringSettings monitoring = MonitoringSettings.read(settings);
    return env -> define(env, monitoring);
  }

  static void define(StreamExecutionEnvironment env, MonitoringSettings settings) {
    define(settings.input().attach(env, SpanColumns.MEASURED, NAME), settings);
  }

  /** Builds what stands behind the gate. */
  static void define(Intake<Row> intake, MonitoringSettings settings) {
    LinkedSpans linked =
        LinkedSpans.of(intake.values(), SpanColumns.MEASURED, settings.parentWait(), NAME);
    DataStream<Row> spans = linked.spans();
    DeadLetters.attach(
        intake
            .deadLetters()
            .union(
                measure(RedTable.BY_SERVICE, spans, SpanColumns.MEASURED, settings),
                measure(RedTable.BY_OPERATION, spans, SpanColumns.MEASURED, settings),
                measure(RedTable.BY_EDGE, linked.calls(), LinkedSpans.CALLS, settings)),
        settings.deadLetters(),
        NAME + "-dead-letters");
  }

  /** Adds a table; returns what was too late for it. */
  private static DataStream<DeadLetter> measure(
      RedTable table, DataStream<Row> rows, Schema columns, MonitoringSettings settings) {
    WindowPlan plan = table.plan(settings.window(), settings.quantiles());
    WindowedRows results = WindowedAggregation.apply(rows, columns, plan, table.uid());
    store(table, table.show(results, plan, settings), settings);
    return results.deadLetters();
  }

  private static void store(RedTable table, WindowedRows results, MonitoringSettings settings) {
    Schema columns = results.schema().without("window_end");
    DataStream<Row> rows =
        results
            .rows()
            .map(new Projection(results.schema(), columns), new RowTypeInfo(columns))
            .name(table.title())
            .uid(table.uid() + "-columns");
    List<String> key = new ArrayList<>(List.of("window_start"));
    key.addAll(table.groupBy());
    Sinks.attach(
        rows,
        new Table(table.title(), columns, key),
        settings.sink().part(table.title()),
        table.uid() + "-sink");
  }
}
