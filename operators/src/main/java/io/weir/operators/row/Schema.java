package io.weir.operators.row;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The columns of a {@link Row}, in order; names are unique and there are at most 64 of them. */
public record Schema(List<Column> columns) implements Serializable {

  /** One bit a column in {@link Row}'s null mask. */
  public static final int MAX_COLUMNS = Long.SIZE;

  /**
   * The column of names that tell rows apart, for stamps (see {@code
   * io.weir.operators.epoch.stamp}). No column of data may be called so.
   */
  public static final Column RECORD = new Column("@record", ColumnType.STRING);

  public Schema {
    columns = List.copyOf(columns);
    if (columns.size() > MAX_COLUMNS) {
      throw new IllegalArgumentException(
          columns.size() + " columns; a row holds at most " + MAX_COLUMNS);
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("two columns are named " + column.name());
      }
    }
  }

  public static Schema of(Column... columns) {
    return new Schema(List.of(columns));
  }

  /** The same columns and {@link #RECORD}: operators stamp such rows. */
  public Schema withRecord() {
    List<Column> wider = new ArrayList<>(columns);
    wider.add(RECORD);
    return new Schema(wider);
  }

  public int size() {
    return columns.size();
  }

  public Column column(int index) {
    return columns.get(index);
  }

  public ColumnType type(int index) {
    return columns.get(index).type();
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** The position of a column, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The position of {@link #RECORD}, or -1: the rows are not stamped. */
  public int record() {
    return indexOf(RECORD.name());
  }

  /** The position of a column that must exist. */
  public int requireIndexOf(String name) {
    int index = indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no column " + name + " in " + names());
    }
    return index;
  }

  /** The columns but one. */
  public Schema without(String name) {
    return new Schema(columns.stream().filter(column -> !column.name().equals(name)).toList());
  }
}
