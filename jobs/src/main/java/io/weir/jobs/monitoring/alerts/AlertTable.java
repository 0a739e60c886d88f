package io.weir.jobs.monitoring.alerts;

import io.weir.jobs.connectors.Table;
import io.weir.operators.alert.Sample;
import io.weir.operators.alert.operator.AlertPlan;
import io.weir.operators.alert.operator.Alerts;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.window.WindowedRows;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The alerts on one of the job's tables, as rows of the table {@code alerts}.
 *
 * @param rows with the columns of {@link #TABLE}
 * @param stamps of the windows that were judged, if the plan wants them
 */
public record AlertTable(DataStream<Row> rows, DataStream<Stamp> stamps) {

  /** Of all rows, whatever they are about. */
  public static final Table TABLE = AlertRows.TABLE;

  /**
   * Adds the operators.
   *
   * @param windows of the table
   * @param uid of the operator; those of the others begin with it
   */
  public static AlertTable on(WindowedRows windows, AlertPlan plan, Epochs epochs, String uid) {
    return on(windows, new Samples(windows.schema(), plan.scope()), plan, epochs, uid);
  }

  /** The same for self times: {@code calls}, and {@code self_log}, their mean. */
  public static AlertTable onSelfTimes(
      WindowedRows windows, AlertPlan plan, Epochs epochs, String uid) {
    return on(windows, new SelfSamples(windows.schema()), plan, epochs, uid);
  }

  private static AlertTable on(
      WindowedRows windows,
      MapFunction<Row, Sample> toSample,
      AlertPlan plan,
      Epochs epochs,
      String uid) {
    DataStream<Sample> samples =
        windows
            .rows()
            .map(toSample)
            .returns(TypeInformation.of(Sample.class))
            .name("samples")
            .uid(uid + "-samples");
    Alerts alerts = Alerts.on(samples, plan, epochs, RulesType.RULES, uid);
    DataStream<Row> rows =
        alerts
            .transitions()
            .map(new AlertRows(plan.scope()))
            .returns(new RowTypeInfo(TABLE.schema()))
            .name(TABLE.name())
            .uid(uid + "-rows");
    return new AlertTable(rows, alerts.stamps());
  }
}
