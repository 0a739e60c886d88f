package io.weir.jobs.input;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;

/**
 * Adds the column {@link Schema#RECORD}: each row is named by where its record stands, {@code
 * origin@position}, and if the record has several rows, by which one it is.
 */
record NamedRows(Decoder<Row> decoder) implements Decoder<Row> {

  private static final long serialVersionUID = 1;

  @Override
  public void open() {
    decoder.open();
  }

  @Override
  public void decode(RawRecord record, Values<Row> values) throws BrokenRecordException {
    decoder.decode(record.bytes(), new Naming(record.origin() + "@" + record.position(), values));
  }

  @Override
  public void decode(byte[] bytes, Values<Row> values) {
    throw new IllegalArgumentException("a record without a place, by which rows are named");
  }

  private static final class Naming implements Values<Row> {
    private final String place;
    private final Values<Row> values;
    private int rows;

    Naming(String place, Values<Row> values) {
      this.place = place;
      this.values = values;
    }

    @Override
    public void add(Row row, long timeMillis) {
      values.add(row.with(rows == 0 ? place : place + "#" + rows), timeMillis);
      rows++;
    }

    @Override
    public void broken(String detail) throws BrokenRecordException {
      values.broken(detail);
    }
  }
}
