package io.weir.operators.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one record, column by column, in the order of a {@link Schema} that the row does
 * not carry. Numbers, instants (microseconds) and booleans are 64 bits each, so that nothing is
 * boxed; a new row is all null. Mutable and owned by one thread: whoever keeps a row beyond the
 * call that delivered it keeps a {@link #copy()}.
 */
public final class Row {

  private final long[] numbers;
  private final @Nullable String[] texts;
  private long present;

  /** A row of {@code columns} nulls. */
  public Row(int columns) {
    if (columns > Schema.MAX_COLUMNS) {
      throw new IllegalArgumentException(
          columns + " columns; a row holds at most " + Schema.MAX_COLUMNS);
    }
    numbers = new long[columns];
    texts = new String[columns];
  }

  private Row(long[] numbers, @Nullable String[] texts, long present) {
    this.numbers = numbers;
    this.texts = texts;
    this.present = present;
  }

  public int size() {
    return numbers.length;
  }

  public boolean isNull(int column) {
    return (present & (1L << column)) == 0;
  }

  /** The bits of a number, instant or boolean; 0 where the column is null. */
  public long longAt(int column) {
    return numbers[column];
  }

  /** The value of a DOUBLE column; 0 where it is null. */
  public double doubleAt(int column) {
    return Double.longBitsToDouble(numbers[column]);
  }

  public boolean booleanAt(int column) {
    return numbers[column] != 0;
  }

  /** The value of a STRING or JSON column that is not null. */
  public String textAt(int column) {
    String text = texts[column];
    if (text == null) {
      throw new IllegalStateException("column " + column + " is null or not text");
    }
    return text;
  }

  public void setLong(int column, long value) {
    numbers[column] = value;
    present |= 1L << column;
  }

  public void setDouble(int column, double value) {
    setLong(column, Double.doubleToRawLongBits(value));
  }

  public void setBoolean(int column, boolean value) {
    setLong(column, value ? 1 : 0);
  }

  public void setText(int column, String value) {
    texts[column] = value;
    present |= 1L << column;
  }

  public void setNull(int column) {
    numbers[column] = 0;
    texts[column] = null;
    present &= ~(1L << column);
  }

  /** Makes every column null, so that the row can be filled anew. */
  public void clear() {
    Arrays.fill(numbers, 0);
    Arrays.fill(texts, null);
    present = 0;
  }

  public Row copy() {
    return new Row(numbers.clone(), texts.clone(), present);
  }

  /** A copy with one more column, which is text. */
  public Row with(String value) {
    int columns = numbers.length;
    Row wider =
        new Row(Arrays.copyOf(numbers, columns + 1), Arrays.copyOf(texts, columns + 1), present);
    wider.setText(columns, value);
    return wider;
  }

  /** Overwrites this row with another of the same size. */
  public void copyFrom(Row other) {
    System.arraycopy(other.numbers, 0, numbers, 0, numbers.length);
    System.arraycopy(other.texts, 0, texts, 0, texts.length);
    present = other.present;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row that
        && present == that.present
        && Arrays.equals(numbers, that.numbers)
        && Arrays.equals(texts, that.texts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers) * 31 + Arrays.hashCode(texts);
  }

  /** For debugging: numbers appear as their 64 bits. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < numbers.length; i++) {
      if (i > 0) {
        out.append(", ");
      }
      out.append(isNull(i) ? "null" : texts[i] != null ? texts[i] : Long.toString(numbers[i]));
    }
    return out.append(']').toString();
  }
}
