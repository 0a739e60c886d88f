package io.weir.jobs.encoding;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Rows of every type, with everything that is hard to write. */
final class Samples {

  static final Schema SCHEMA =
      Schema.of(
          new Column("text", ColumnType.STRING),
          new Column("count", ColumnType.LONG),
          new Column("share-of \"all\"", ColumnType.DOUBLE),
          new Column("ok", ColumnType.BOOLEAN),
          new Column("at", ColumnType.TIME),
          new Column("doc", ColumnType.JSON));

  private static final List<String> TEXTS =
      List.of(
          "", "plain", "comma,\"quote\"", "line\r\nbreak\n", "tab\t", "nul\0", "grüße 🙂", " pad ");
  private static final List<String> DOCUMENTS =
      List.of("null", "[1,2.50,{\"a\":\"b\\u0000\"}]", "{\"deep\":[[[{}]]],\"x\":1e400}", "\"s\"");

  private Samples() {}

  static List<Row> rows(RandomGenerator random) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(SCHEMA.size()));
    for (int i = 0; i < 500; i++) {
      rows.add(row(random));
    }
    return rows;
  }

  private static Row row(RandomGenerator random) {
    Row row = new Row(SCHEMA.size());
    row.setText(0, TEXTS.get(random.nextInt(TEXTS.size())));
    row.setLong(1, random.nextLong());
    row.setDouble(2, Double.longBitsToDouble(random.nextLong()));
    row.setBoolean(3, random.nextBoolean());
    row.setLong(4, random.nextLong() >> random.nextInt(32));
    row.setText(5, DOCUMENTS.get(random.nextInt(DOCUMENTS.size())));
    row.setNull(random.nextInt(SCHEMA.size()));
    return row;
  }
}
