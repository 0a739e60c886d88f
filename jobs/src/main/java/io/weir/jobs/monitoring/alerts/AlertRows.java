package io.weir.jobs.monitoring.alerts;

import io.weir.jobs.connectors.Table;
import io.weir.operators.alert.Alert;
import io.weir.operators.alert.rule.Scope;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Makes rows of transitions. A row is known by when it was, of which rule and series, and what the
 * alert became: written again, it replaces itself.
 */
final class AlertRows implements MapFunction<Alert, Row> {

  private static final long serialVersionUID = 1;

  private static final List<String> KEY =
      List.of("at", "rule", "scope", "service", "operation", "caller", "state");

  static final Table TABLE =
      new Table(
          "alerts",
          Schema.of(
              new Column("at", ColumnType.TIME),
              new Column("rule", ColumnType.STRING),
              new Column("scope", ColumnType.STRING),
              new Column("service", ColumnType.STRING),
              new Column("operation", ColumnType.STRING),
              new Column("caller", ColumnType.STRING),
              new Column("state", ColumnType.STRING),
              new Column("previous", ColumnType.STRING),
              new Column("reason", ColumnType.STRING),
              new Column("condition", ColumnType.STRING),
              new Column("value", ColumnType.DOUBLE),
              new Column("severity", ColumnType.STRING),
              new Column("labels", ColumnType.JSON),
              new Column("since", ColumnType.TIME),
              new Column("version", ColumnType.LONG),
              new Column("since_version", ColumnType.LONG)),
          KEY);

  private final Scope scope;

  AlertRows(Scope scope) {
    this.scope = scope;
  }

  @Override
  public Row map(Alert alert) {
    Row row = new Row(TABLE.schema().size());
    row.setLong(0, TimeUnit.MILLISECONDS.toMicros(alert.atMillis()));
    row.setText(1, alert.rule());
    row.setText(2, word(scope));
    row.setText(3, alert.series().service());
    row.setText(4, alert.series().operation());
    row.setText(5, alert.series().caller());
    row.setText(6, word(alert.state()));
    row.setText(7, word(alert.previous()));
    row.setText(8, word(alert.reason()));
    row.setText(9, alert.condition());
    if (!Double.isNaN(alert.value())) {
      row.setDouble(10, alert.value());
    }
    row.setText(11, alert.severity());
    row.setText(12, alert.labels());
    row.setLong(13, TimeUnit.MILLISECONDS.toMicros(alert.sinceMillis()));
    row.setLong(14, alert.version());
    row.setLong(15, alert.sinceVersion());
    return row;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
