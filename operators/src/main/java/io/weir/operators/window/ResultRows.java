package io.weir.operators.window;

import io.weir.operators.aggregate.Aggregation;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The shape of results: window_start, window_end, group columns, aggregates, version,
 * since_version.
 */
final class ResultRows implements Serializable {

  private static final long serialVersionUID = 1;

  static final String WINDOW_START = "window_start";
  static final String WINDOW_END = "window_end";
  static final String VERSION = "version";
  static final String SINCE_VERSION = "since_version";

  private static final int FIRST_GROUP_COLUMN = 2;

  private final Schema schema;
  private final GroupColumns group;

  ResultRows(GroupColumns group, List<String> names, List<Aggregation> aggregations) {
    this.group = group;
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(WINDOW_START, ColumnType.TIME));
    columns.add(new Column(WINDOW_END, ColumnType.TIME));
    columns.addAll(group.columns());
    for (int i = 0; i < names.size(); i++) {
      columns.add(new Column(names.get(i), aggregations.get(i).resultType()));
    }
    columns.add(new Column(VERSION, ColumnType.LONG));
    columns.add(new Column(SINCE_VERSION, ColumnType.LONG));
    schema = new Schema(columns);
  }

  Schema schema() {
    return schema;
  }

  /**
   * A new row without aggregates.
   *
   * @param version in force now
   * @param since the lowest version under which a row of the window came
   */
  Row row(Span window, GroupKey key, long version, long since) {
    Row row = new Row(schema.size());
    row.setLong(0, TimeUnit.MILLISECONDS.toMicros(window.start()));
    row.setLong(1, TimeUnit.MILLISECONDS.toMicros(window.end()));
    group.decode(key, row, FIRST_GROUP_COLUMN);
    row.setLong(schema.size() - 2, version);
    row.setLong(schema.size() - 1, since);
    return row;
  }

  int firstAggregate() {
    return FIRST_GROUP_COLUMN + group.size();
  }
}
