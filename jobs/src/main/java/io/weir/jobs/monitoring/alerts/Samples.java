package io.weir.jobs.monitoring.alerts;

import io.weir.operators.alert.Sample;
import io.weir.operators.alert.Series;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.alert.rule.Scope;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes samples of a table's rows. */
final class Samples implements MapFunction<Row, Sample> {

  private static final long serialVersionUID = 1;

  /** Columns with these names, one each; the error rate and the mean are computed. */
  private static final Metric[] COLUMNS = {
    Metric.CALLS,
    Metric.ERRORS,
    Metric.MIN_US,
    Metric.P50_US,
    Metric.P95_US,
    Metric.P99_US,
    Metric.MAX_US
  };

  private final Schema schema;
  private final Scope scope;
  private final int end;
  private final int firstName;
  private final int durationSum;
  private final int sinceVersion;
  private final int[] columns = new int[COLUMNS.length];

  /**
   * Looks the columns up.
   *
   * @param schema {@code window_end}, the names of the series, and the metrics
   */
  Samples(Schema schema, Scope scope) {
    this.schema = schema;
    this.scope = scope;
    end = schema.requireIndexOf("window_end");
    firstName = end + 1;
    durationSum = schema.requireIndexOf("duration_sum_us");
    sinceVersion = schema.requireIndexOf("since_version");
    for (int i = 0; i < columns.length; i++) {
      columns[i] = schema.requireIndexOf(COLUMNS[i].name().toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public Sample map(Row row) {
    return new Sample(
        series(row),
        TimeUnit.MICROSECONDS.toMillis(row.longAt(end)),
        values(row),
        row.longAt(sinceVersion));
  }

  private Series series(Row row) {
    String first = row.textAt(firstName);
    return switch (scope) {
      case SERVICE -> Series.ofService(first);
      case OPERATION -> Series.ofOperation(first, row.textAt(firstName + 1));
      case EDGE -> Series.ofEdge(first, row.textAt(firstName + 1));
    };
  }

  private double[] values(Row row) {
    double[] values = new double[Metric.values().length];
    for (int i = 0; i < columns.length; i++) {
      values[COLUMNS[i].place()] = number(row, columns[i]);
    }
    double calls = values[Metric.CALLS.place()];
    values[Metric.ERROR_RATE.place()] = values[Metric.ERRORS.place()] / calls;
    values[Metric.MEAN_US.place()] = number(row, durationSum) / calls;
    return values;
  }

  private double number(Row row, int column) {
    if (row.isNull(column)) {
      return Double.NaN;
    }
    return switch (schema.type(column)) {
      case DOUBLE -> row.doubleAt(column);
      default -> (double) row.longAt(column);
    };
  }
}
