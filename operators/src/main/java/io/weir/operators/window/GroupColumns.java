package io.weir.operators.window;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.StringJoiner;

/**
 * The columns that rows are grouped by. In a key, each is a byte, 0 for null (a group of its own)
 * or 1, and then 8 bytes or a 4-byte length and UTF-8. As group values -0.0 is 0.0, and all NaN are
 * the same.
 */
final class GroupColumns implements Serializable {

  private static final long serialVersionUID = 1;

  static final byte NULL = 0;
  static final byte PRESENT = 1;

  private final List<Column> columns;
  private final int[] inInput;

  GroupColumns(List<String> names, Schema input) {
    inInput = names.stream().mapToInt(input::requireIndexOf).toArray();
    columns = names.stream().map(name -> input.column(input.requireIndexOf(name))).toList();
  }

  List<Column> columns() {
    return columns;
  }

  int size() {
    return inInput.length;
  }

  /** The position of a group column in the input rows. */
  int inInput(int index) {
    return inInput[index];
  }

  ColumnType type(int index) {
    return columns.get(index).type();
  }

  /** Writes a key's values into the columns of a row from {@code first} on. */
  void decode(GroupKey key, Row out, int first) {
    ByteBuffer in = ByteBuffer.wrap(key.bytes());
    for (int i = 0; i < columns.size(); i++) {
      if (in.get() == NULL) {
        out.setNull(first + i);
      } else if (type(i).isText()) {
        out.setText(first + i, readText(in));
      } else {
        out.setLong(first + i, in.getLong());
      }
    }
  }

  private static String readText(ByteBuffer in) {
    byte[] text = new byte[in.getInt()];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** A key in words, {@code status=200, host=null}. */
  String describe(GroupKey key) {
    Row values = new Row(columns.size());
    decode(key, values, 0);
    StringJoiner words = new StringJoiner(", ");
    for (int i = 0; i < columns.size(); i++) {
      words.add(columns.get(i).name() + "=" + (values.isNull(i) ? "null" : text(values, i)));
    }
    return words.toString();
  }

  private String text(Row values, int index) {
    return switch (type(index)) {
      case STRING, JSON -> values.textAt(index);
      case LONG -> Long.toString(values.longAt(index));
      case DOUBLE -> Double.toString(values.doubleAt(index));
      case BOOLEAN -> Boolean.toString(values.booleanAt(index));
      case TIME -> Instant.EPOCH.plus(values.longAt(index), ChronoUnit.MICROS).toString();
    };
  }
}
