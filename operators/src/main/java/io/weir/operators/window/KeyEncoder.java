package io.weir.operators.window;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encodes the group values of one row after the other into a buffer of its own, so that a key is
 * hashed without making an object.
 */
final class KeyEncoder {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final int[] columns;
  private final ColumnType[] types;
  private byte[] buffer = new byte[64];
  private int length;
  private int hash;

  KeyEncoder(GroupColumns group) {
    columns = new int[group.size()];
    types = new ColumnType[group.size()];
    Arrays.setAll(columns, group::inInput);
    Arrays.setAll(types, group::type);
  }

  void encode(Row row) {
    length = 0;
    for (int i = 0; i < columns.length; i++) {
      encode(row, columns[i], types[i]);
    }
    hash = GroupKey.hash(buffer, length);
  }

  private void encode(Row row, int column, ColumnType type) {
    reserve(1 + Long.BYTES);
    if (row.isNull(column)) {
      buffer[length++] = GroupColumns.NULL;
      return;
    }
    buffer[length++] = GroupColumns.PRESENT;
    if (type.isText()) {
      encodeText(row.textAt(column));
    } else {
      LONGS.set(
          buffer,
          length,
          type == ColumnType.DOUBLE ? bits(row.doubleAt(column)) : row.longAt(column));
      length += Long.BYTES;
    }
  }

  /** The bits of a group value: -0.0 is 0.0, and all NaN are the same. */
  static long bits(double value) {
    return Double.doubleToLongBits(value == 0 ? 0.0 : value);
  }

  private void encodeText(String text) {
    reserve(Integer.BYTES + text.length());
    int start = length + Integer.BYTES;
    int ascii = copyAscii(text, buffer, start);
    if (ascii == text.length()) {
      INTS.set(buffer, length, ascii);
      length = start + ascii;
    } else {
      encodeUtf8(text);
    }
  }

  private static int copyAscii(String text, byte[] to, int start) {
    int end = text.length();
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return i;
      }
      to[start + i] = (byte) c;
    }
    return end;
  }

  private void encodeUtf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reserve(Integer.BYTES + utf8.length);
    INTS.set(buffer, length, utf8.length);
    System.arraycopy(utf8, 0, buffer, length + Integer.BYTES, utf8.length);
    length += Integer.BYTES + utf8.length;
  }

  private void reserve(int bytes) {
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + bytes));
    }
  }

  int hash() {
    return hash;
  }

  GroupKey toKey() {
    return new GroupKey(Arrays.copyOf(buffer, length), hash);
  }
}
