package io.weir.jobs.monitoring.alerts;

import io.weir.operators.alert.Sample;
import io.weir.operators.alert.Series;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import io.weir.operators.trace.self.ShiftedLog;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes samples of windows of self times; they know no other metric than that and the calls. */
final class SelfSamples implements MapFunction<Row, Sample> {

  private static final long serialVersionUID = 1;

  private final int end;
  private final int service;
  private final int calls;
  private final int mean;
  private final int sinceVersion;

  /**
   * Looks the columns up.
   *
   * @param schema {@code window_end}, {@code service}, {@code calls}, {@code self_log}
   */
  SelfSamples(Schema schema) {
    end = schema.requireIndexOf("window_end");
    service = schema.requireIndexOf("service");
    calls = schema.requireIndexOf("calls");
    mean = schema.requireIndexOf("self_log");
    sinceVersion = schema.requireIndexOf("since_version");
  }

  @Override
  public Sample map(Row row) {
    double[] values = new double[Metric.values().length];
    Arrays.fill(values, Double.NaN);
    values[Metric.CALLS.place()] = (double) row.longAt(calls);
    values[Metric.SELF_US.place()] = ShiftedLog.micros(row.doubleAt(mean));
    return new Sample(
        Series.ofService(row.textAt(service)),
        TimeUnit.MICROSECONDS.toMillis(row.longAt(end)),
        values,
        row.longAt(sinceVersion));
  }
}
