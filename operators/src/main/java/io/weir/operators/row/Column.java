package io.weir.operators.row;

import java.io.Serializable;

/** One column of a {@link Schema}. */
public record Column(String name, ColumnType type) implements Serializable {

  public Column {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }
}
