package io.weir.jobs.formats;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A column that a decoder has to read.
 *
 * @param index its place in the row, or -1 where only the event time is of interest
 * @param eventTime whether it is the event time
 * @param unit how the format writes it where it is the event time; ISO otherwise
 */
record InputColumn(
    String name, ColumnType type, int index, boolean eventTime, TimeSettings.Unit unit)
    implements Serializable {

  private static final int MAX_FOUND = 60;

  /** The columns to read: the wanted ones, and the event time if it is not among them. */
  static List<InputColumn> of(Schema declared, Schema wanted, TimeSettings time) {
    List<InputColumn> columns = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Column column = wanted.column(i);
      if (declared.type(declared.requireIndexOf(column.name())) != column.type()) {
        throw new IllegalArgumentException(column + " is not in " + declared);
      }
      columns.add(of(column, i, time));
    }
    if (wanted.indexOf(time.field()) < 0) {
      columns.add(of(declared.column(declared.requireIndexOf(time.field())), -1, time));
    }
    return List.copyOf(columns);
  }

  private static InputColumn of(Column column, int index, TimeSettings time) {
    boolean eventTime = column.name().equals(time.field());
    TimeSettings.Unit unit = eventTime ? time.unit() : TimeSettings.Unit.ISO;
    return new InputColumn(column.name(), column.type(), index, eventTime, unit);
  }

  /** The same column, written in another unit. */
  InputColumn inUnit(TimeSettings.Unit other) {
    return new InputColumn(name, type, index, eventTime, other);
  }

  /** Says that the record is broken, since this column holds something else than it must. */
  BrokenRecordException broken(String found) {
    return new BrokenRecordException(
        "column " + name + " must be " + allowed() + ", not " + shortened(found));
  }

  private String allowed() {
    return switch (type) {
      case STRING, JSON -> "a text";
      case LONG -> eventTime ? "an instant in " + DeclaredSchema.nameOf(unit) : "a whole number";
      case DOUBLE -> "a number";
      case BOOLEAN -> "true or false";
      case TIME -> "an instant in " + DeclaredSchema.nameOf(unit);
    };
  }

  private static String shortened(String found) {
    if (found.length() <= MAX_FOUND) {
      return found;
    }
    boolean splitsPair = Character.isHighSurrogate(found.charAt(MAX_FOUND - 1));
    return found.substring(0, splitsPair ? MAX_FOUND - 1 : MAX_FOUND) + "...";
  }
}
