package io.weir.jobs.monitoring;

import io.weir.jobs.formats.otlp.SpanColumns;
import io.weir.jobs.monitoring.MonitoringSettings.Quantiles;
import io.weir.operators.alert.rule.Scope;
import io.weir.operators.newest.NewestWindow;
import io.weir.operators.window.NamedAggregate;
import io.weir.operators.window.WindowPlan;
import io.weir.operators.window.WindowedRows;
import io.weir.operators.window.Windowing;
import java.time.Duration;
import java.util.List;

/**
 * What rate, errors and duration are told by.
 *
 * @param title the table's name
 * @param scope what its series are
 * @param groupBy columns of spans, or of calls
 */
record RedTable(String title, Scope scope, List<String> groupBy) {

  static final RedTable BY_SERVICE = of("red_by_service", Scope.SERVICE, SpanColumns.SERVICE);
  static final RedTable BY_OPERATION =
      of("red_by_operation", Scope.OPERATION, SpanColumns.SERVICE, SpanColumns.OPERATION);
  static final RedTable BY_EDGE = of("red_by_edge", Scope.EDGE, "caller", "callee");

  private static RedTable of(String title, Scope scope, String... groupBy) {
    return new RedTable(title, scope, List.of(groupBy));
  }

  /** The operators' uids begin with it. */
  String uid() {
    return MonitoringJob.NAME + "-" + title.replace('_', '-');
  }

  /** Shows the newest window as metrics, if any are wanted. */
  WindowedRows show(WindowedRows results, WindowPlan plan, MonitoringSettings settings) {
    if (settings.metricGroups() == 0) {
      return results;
    }
    List<String> measures = plan.aggregates().stream().map(NamedAggregate::name).toList();
    NewestWindow newest =
        new NewestWindow(title, groupBy, measures, settings.window(), settings.metricGroups());
    return new WindowedRows(
        newest.show(results.rows(), results.schema(), uid() + "-newest"),
        results.deadLetters(),
        results.stamps(),
        results.schema());
  }

  WindowPlan plan(Duration window, Quantiles quantiles) {
    String duration = "(" + SpanColumns.DURATION_US + ")";
    return new WindowPlan(
        groupBy,
        Windowing.tumbling(window),
        List.of(
            NamedAggregate.of("calls", "count"),
            NamedAggregate.of("errors", "sum(" + SpanColumns.ERROR + ")"),
            NamedAggregate.of("duration_sum_us", "sum" + duration),
            NamedAggregate.of("min_us", "min" + duration),
            NamedAggregate.of("p50_us", quantiles.expression("0.5")),
            NamedAggregate.of("p95_us", quantiles.expression("0.95")),
            NamedAggregate.of("p99_us", quantiles.expression("0.99")),
            NamedAggregate.of("max_us", "max" + duration)));
  }
}
