package io.weir.jobs.monitoring;

import io.weir.jobs.connectors.SinkSettings;
import io.weir.jobs.formats.otlp.SpanColumns;
import io.weir.jobs.input.InputSettings;
import io.weir.jobs.live.StampSettings;
import io.weir.jobs.monitoring.alerts.RulesType;
import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.row.Schema;
import io.weir.operators.trace.self.AskedServices;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the monitoring job:
 *
 * <pre>
 * source: {kafka: {servers: "127.0.0.1:9092", topic: otlp_spans, format: otlp-proto}}
 * time: {field: end, lateness: 120s}
 * window: 1min
 * quantiles: sketch
 * calls: {wait: 120s}
 * metrics: {groups: 200}
 * alerts: {rules: rules.yaml, forget: 24h}
 * sink: {file: {path: out}}
 * dead-letters: {file: {path: dead}}
 * </pre>
 *
 * @param input where spans come from
 * @param window the length of the windows
 * @param quantiles how they are computed
 * @param parentWait how long after a span its parent may come, by event time
 * @param metricGroups so many rows of the newest window each subtask shows as metrics, table by
 *     table; 0: none
 * @param alerts what is looked for
 * @param stamps whether spans are stamped, and where to
 * @param sink where the tables go, each under its name
 * @param deadLetters where refused spans go; null: nowhere, they are counted only
 */
record MonitoringSettings(
    InputSettings input,
    Duration window,
    Quantiles quantiles,
    Duration parentWait,
    int metricGroups,
    AlertSettings alerts,
    StampSettings stamps,
    SinkSettings sink,
    @Nullable SinkSettings deadLetters) {

  /** How quantiles are computed. */
  enum Quantiles {
    /** By DDSketch: within 1 % of the value. */
    SKETCH("relative_quantile"),
    /** By nearest rank; memory grows with the different durations. */
    EXACT("quantile");

    private final String function;

    Quantiles(String function) {
      this.function = function;
    }

    String expression(String q) {
      return function + "(" + SpanColumns.DURATION_US + ", " + q + ")";
    }
  }

  /** Real exporters are minutes late. */
  private static final Duration DEFAULT_LATENESS = Duration.ofMinutes(2);

  private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);

  private static final int DEFAULT_METRIC_GROUPS = 200;
  private static final int MOST_METRIC_GROUPS = 100_000;

  /** Reads the settings; what is returned is used only if nothing was wrong. */
  static MonitoringSettings read(Section job) {
    InputSettings input = InputSettings.read(job, DEFAULT_LATENESS);
    if (!input.schema().equals(SpanColumns.SCHEMA) && input.schema().size() > 0) {
      job.section("source").problem("", "must have spans: format otlp-json or otlp-proto");
    }
    Section calls = job.sectionOrEmpty("calls");
    Duration wait = calls.duration("wait", input.limits().lateness());
    calls.done();
    Section metrics = job.sectionOrEmpty("metrics");
    int groups = (int) metrics.integer("groups", DEFAULT_METRIC_GROUPS, 0, MOST_METRIC_GROUPS);
    metrics.done();
    Duration window = job.has("window") ? job.positiveDuration("window") : DEFAULT_WINDOW;
    return new MonitoringSettings(
        input,
        window,
        job.choice("quantiles", Quantiles.class, Quantiles.SKETCH),
        wait,
        groups,
        AlertSettings.read(job, window),
        StampSettings.read(job),
        SinkSettings.read(job.section("sink"), MonitoringJob.NAME + "-sink"),
        job.has("dead-letters")
            ? SinkSettings.read(job.section("dead-letters"), MonitoringJob.NAME + "-dead-letters")
            : null);
  }

  /** What is asked for of self times: they are known only where times are the spans' ends. */
  ConfigurationType<AskedServices> selfTimes() {
    return input.time().field().equals(SpanColumns.END)
        ? RulesType.SELF_TIMES
        : RulesType.NO_SELF_TIMES;
  }

  /** The columns of spans that the job works with. */
  Schema columns() {
    return stamps.on() ? SpanColumns.MEASURED.withRecord() : SpanColumns.MEASURED;
  }
}
