package io.weir.jobs.monitoring;

import io.weir.jobs.connectors.DeadLetters;
import io.weir.jobs.connectors.Sinks;
import io.weir.jobs.launch.JobDefinition;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.live.LiveSettings;
import io.weir.jobs.live.OwnStore;
import io.weir.jobs.monitoring.alerts.AlertTable;
import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.intake.Intake;
import io.weir.operators.row.Row;
import io.weir.operators.trace.link.LinkedSpans;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Rate, errors and duration of services, by their spans, and alerts on them: source, gate, traces,
 * windows, alerts, sinks. Each series is written and judged by one subtask, however many there are.
 */
public final class MonitoringJob implements JobDefinition {

  static final String NAME = "monitoring";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "rate, errors and duration of services and of calls between them, from OTLP spans; alerts";
  }

  @Override
  public PreparedJob prepare(Section settings) {
    return new Prepared(MonitoringSettings.read(settings));
  }

  private record Prepared(MonitoringSettings settings) implements PreparedJob {

    @Override
    public void define(StreamExecutionEnvironment env) {
      MonitoringJob.define(env, settings);
    }

    @Override
    public Optional<OwnStore> ownStore() {
      return LiveSettings.ownStore(settings.alerts().live());
    }
  }

  static void define(StreamExecutionEnvironment env, MonitoringSettings settings) {
    define(settings.input().attach(env, settings.columns(), NAME), settings);
  }

  /** Builds what stands behind the gate. */
  static void define(Intake<Row> intake, MonitoringSettings settings) {
    DataStream<Row> values = intake.values();
    Epochs epochs = Epochs.of(values.getExecutionEnvironment(), settings.alerts().live());
    LinkedSpans linked =
        LinkedSpans.of(
            values, settings.columns(), settings.parentWait(), epochs, settings.selfTimes(), NAME);
    Measuring measuring = new Measuring(settings, epochs);
    Measured services = measuring.on(RedTable.BY_SERVICE, linked.spans(), settings.columns());
    Measured operations = measuring.on(RedTable.BY_OPERATION, linked.spans(), settings.columns());
    Measured edges = measuring.on(RedTable.BY_EDGE, linked.calls(), LinkedSpans.CALLS);
    Measured selfTimes = measuring.onSelfTimes(linked.selfTimes());
    Sinks.attach(
        services.alerts().union(operations.alerts(), edges.alerts(), selfTimes.alerts()),
        AlertTable.TABLE,
        settings.sink().part(AlertTable.TABLE.name()),
        NAME + "-alerts-sink");
    DeadLetters.attach(
        intake
            .deadLetters()
            .union(
                services.deadLetters(),
                operations.deadLetters(),
                edges.deadLetters(),
                selfTimes.deadLetters()),
        settings.deadLetters(),
        NAME + "-dead-letters");
    settings
        .stamps()
        .attach(
            services.stamps().union(operations.stamps(), edges.stamps(), selfTimes.stamps()),
            NAME + "-stamps");
  }
}
