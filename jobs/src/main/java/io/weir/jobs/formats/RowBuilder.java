package io.weir.jobs.formats;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;

/**
 * Collects the values of one record after another: puts them into a row, checks instants, and knows
 * the event time. A value that comes twice counts as it came last.
 */
final class RowBuilder {

  private final int size;
  private Row row;
  private long timeMicros;
  private long record;

  /**
   * Makes a builder of rows of one size.
   *
   * @param size how many columns the rows have
   */
  RowBuilder(int size) {
    this.size = size;
    this.row = new Row(size);
  }

  /** Begins a record: everything is missing. */
  void begin() {
    row = new Row(size);
    timeMicros = Instants.INVALID;
    record++;
  }

  /** The number of the record, from 1. */
  long record() {
    return record;
  }

  void setNull(InputColumn column) {
    if (column.index() >= 0) {
      row.setNull(column.index());
    }
    if (column.eventTime()) {
      timeMicros = Instants.INVALID;
    }
  }

  void setText(InputColumn column, String value) {
    row.setText(column.index(), value);
  }

  void setDouble(InputColumn column, double value) throws BrokenRecordException {
    if (!Double.isFinite(value)) {
      throw column.broken(Double.toString(value));
    }
    row.setDouble(column.index(), value);
  }

  void setBoolean(InputColumn column, boolean value) {
    row.setBoolean(column.index(), value);
  }

  /** Sets a LONG column. */
  void setNumber(InputColumn column, long value) throws BrokenRecordException {
    if (column.eventTime()) {
      setInstant(column, value);
    } else {
      row.setLong(column.index(), value);
    }
  }

  /** Sets a TIME column, or a LONG column that is the event time, in the column's unit. */
  void setInstant(InputColumn column, long value) throws BrokenRecordException {
    long micros = column.unit().toMicros(value);
    if (micros == Instants.INVALID) {
      throw column.broken(Long.toString(value));
    }
    setTime(column, micros, value);
  }

  /** Sets a TIME column. */
  void setMicros(InputColumn column, long micros) {
    setTime(column, micros, micros);
  }

  private void setTime(InputColumn column, long micros, long number) {
    if (column.eventTime()) {
      timeMicros = micros;
    }
    if (column.index() >= 0) {
      boolean instant = column.type() == ColumnType.TIME;
      row.setLong(column.index(), instant ? micros : number);
    }
  }

  /**
   * Ends a record and hands out its row.
   *
   * @throws BrokenRecordException if it has no event time
   */
  void finish(Decoder.Values<Row> values) throws BrokenRecordException {
    if (timeMicros == Instants.INVALID) {
      throw new BrokenRecordException("the event time is missing");
    }
    values.add(row, Math.floorDiv(timeMicros, 1_000L));
  }
}
