package io.weir.operators.window;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The group values of one row after the other, to be looked up within a subtask: nothing is encoded
 * and no object made for a group that is known. Two rows are of one group if and only if {@link
 * KeyEncoder} makes the same key of them.
 */
final class GroupValues {

  /** The values of a group, kept. A text is null, and a number has its bit, where it is missing. */
  static final class Kept {
    private final @Nullable String[] texts;
    private final long[] numbers;
    private final long missing;

    private Kept(@Nullable String[] texts, long[] numbers, long missing) {
      this.texts = texts;
      this.numbers = numbers;
      this.missing = missing;
    }
  }

  private final int[] columns;
  private final ColumnType[] types;
  private final @Nullable String[] texts;
  private final long[] numbers;
  private long missing;
  private int hash;

  GroupValues(GroupColumns group) {
    columns = new int[group.size()];
    types = new ColumnType[group.size()];
    Arrays.setAll(columns, group::inInput);
    Arrays.setAll(types, group::type);
    texts = new String[columns.length];
    numbers = new long[columns.length];
  }

  void take(Row row) {
    missing = 0;
    int hashed = 0;
    for (int i = 0; i < columns.length; i++) {
      hashed = hashed * 31 + take(row, i);
    }
    // Spreads what hash codes of texts leave in few bits.
    hashed *= 0x9E3779B9;
    hash = hashed ^ (hashed >>> 16);
  }

  private int take(Row row, int i) {
    int column = columns[i];
    texts[i] = null;
    numbers[i] = 0;
    if (row.isNull(column)) {
      missing |= 1L << i;
      return 0;
    }
    if (types[i].isText()) {
      String text = row.textAt(column);
      texts[i] = text;
      return text.hashCode();
    }
    numbers[i] =
        types[i] == ColumnType.DOUBLE ? KeyEncoder.bits(row.doubleAt(column)) : row.longAt(column);
    return Long.hashCode(numbers[i]);
  }

  int hash() {
    return hash;
  }

  boolean matches(Kept kept) {
    if (missing != kept.missing) {
      return false;
    }
    for (int i = 0; i < columns.length; i++) {
      String text = texts[i];
      boolean same = text == null ? numbers[i] == kept.numbers[i] : text.equals(kept.texts[i]);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  Kept keep() {
    return new Kept(texts.clone(), numbers.clone(), missing);
  }
}
