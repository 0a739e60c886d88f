package io.weir.jobs.monitoring;

import io.weir.jobs.connectors.Sinks;
import io.weir.jobs.connectors.Table;
import io.weir.jobs.monitoring.alerts.AlertTable;
import io.weir.jobs.monitoring.alerts.RulesType;
import io.weir.operators.alert.operator.AlertPlan;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.alert.rule.Scope;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.row.Projection;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import io.weir.operators.trace.link.LinkedSpans;
import io.weir.operators.window.NamedAggregate;
import io.weir.operators.window.WindowPlan;
import io.weir.operators.window.WindowedAggregation;
import io.weir.operators.window.WindowedRows;
import io.weir.operators.window.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Adds tables to the graph of a job: windows, their sink, and the alerts on them. */
record Measuring(MonitoringSettings settings, Epochs epochs) {

  /** Adds alerts on what services take themselves, which is in no table. */
  Measured onSelfTimes(DataStream<Row> rows) {
    String uid = MonitoringJob.NAME + "-self-times";
    WindowPlan means =
        new WindowPlan(
            List.of("service"),
            Windowing.tumbling(settings.window()),
            List.of(
                NamedAggregate.of("calls", "count"),
                NamedAggregate.of("self_log", "avg(self_log)")));
    WindowedRows windows =
        WindowedAggregation.apply(
            rows, LinkedSpans.SELF_TIMES, means, epochs, RulesType.WINDOWS, uid);
    AlertTable alerts =
        AlertTable.onSelfTimes(
            windows, plan(Scope.SERVICE, Metric.OF_SELF_TIMES), epochs, uid + "-alerts");
    return measured(windows, alerts);
  }

  private AlertPlan plan(Scope scope, Set<Metric> metrics) {
    return new AlertPlan(
        scope, metrics, settings.window(), settings.alerts().forget(), settings.stamps().on());
  }

  private static Measured measured(WindowedRows windows, AlertTable alerts) {
    return new Measured(
        alerts.rows(), windows.deadLetters(), windows.stamps().union(alerts.stamps()));
  }

  /**
   * Adds a table.
   *
   * @param rows spans or calls
   * @param columns of the rows
   */
  Measured on(RedTable table, DataStream<Row> rows, Schema columns) {
    WindowPlan measures = table.plan(settings.window(), settings.quantiles());
    WindowedRows windows =
        WindowedAggregation.apply(rows, columns, measures, epochs, RulesType.WINDOWS, table.uid());
    store(table, table.show(windows, measures, settings));
    AlertPlan plan = plan(table.scope(), Metric.OF_SPANS);
    return measured(windows, AlertTable.on(windows, plan, epochs, table.uid() + "-alerts"));
  }

  private void store(RedTable table, WindowedRows windows) {
    Schema columns = windows.schema().without("window_end");
    DataStream<Row> rows =
        windows
            .rows()
            .map(new Projection(windows.schema(), columns), new RowTypeInfo(columns))
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
