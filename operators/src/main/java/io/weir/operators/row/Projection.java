package io.weir.operators.row;

import org.apache.flink.api.common.functions.MapFunction;

/** Some columns of rows, as rows of their own. */
public final class Projection implements MapFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  private final int[] columns;
  private final boolean[] texts;

  /**
   * Looks the columns up.
   *
   * @param wanted some of the others, in any order
   * @throws IllegalArgumentException if one is missing
   */
  public Projection(Schema from, Schema wanted) {
    columns = wanted.names().stream().mapToInt(from::requireIndexOf).toArray();
    texts = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      texts[i] = wanted.type(i).isText();
    }
  }

  @Override
  public Row map(Row from) {
    Row row = new Row(columns.length);
    for (int i = 0; i < columns.length; i++) {
      if (from.isNull(columns[i])) {
        continue;
      }
      if (texts[i]) {
        row.setText(i, from.textAt(columns[i]));
      } else {
        row.setLong(i, from.longAt(columns[i]));
      }
    }
    return row;
  }
}
