package io.weir.jobs.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.operators.intake.Decoder;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;

/** Rows of lines of key, amount and time, named by the line and where it stands. */
record OrderLines(Schema columns) implements Decoder<Row> {

  private static final long serialVersionUID = 1;

  @Override
  public void open() {
    // Nothing is needed.
  }

  @Override
  public void decode(RawRecord record, Values<Row> values) {
    String line = new String(record.bytes(), UTF_8);
    String[] fields = line.split(",", -1);
    Row row = new Row(columns.size());
    row.setText(columns.requireIndexOf("key"), fields[0]);
    row.setLong(columns.requireIndexOf("amount"), Long.parseLong(fields[1]));
    row.setText(columns.record(), line + "@" + record.position());
    values.add(row, Long.parseLong(fields[2]));
  }

  @Override
  public void decode(byte[] bytes, Values<Row> values) {
    throw new IllegalArgumentException("a record without a place, by which rows are named");
  }
}
