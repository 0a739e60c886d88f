package io.weir.operators.row;

/** The type of a column, and the half of a {@link Row} that its values live in. */
public enum ColumnType {
  STRING(true),
  /** 64-bit signed integer. */
  LONG(false),
  /** IEEE 754 binary64. */
  DOUBLE(false),
  BOOLEAN(false),
  /** An instant, in microseconds since 1970-01-01T00:00:00Z. */
  TIME(false),
  /** A JSON document as text. */
  JSON(true);

  private final boolean text;

  ColumnType(boolean text) {
    this.text = text;
  }

  /** Whether values are text; all others are 64 bits wide. */
  public boolean isText() {
    return text;
  }
}
