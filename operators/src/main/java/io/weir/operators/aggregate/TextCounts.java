package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import java.util.function.ObjLongConsumer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Counts of texts, in a hash table with linear probing. */
final class TextCounts implements ValueCounts<String> {

  private static final int FIRST_CAPACITY = 4;
  private static final int SLOT_BYTES = 12;

  private final int column;
  private int size;
  private @Nullable String[] keys = new String[FIRST_CAPACITY];
  private long[] counts = new long[FIRST_CAPACITY];
  private long textBytes;

  TextCounts(int column) {
    this.column = column;
  }

  /** The bytes that a text takes up in memory, roughly. */
  static int weight(String text) {
    return 40 + text.length();
  }

  @Override
  public int add(Row row) {
    return row.isNull(column) ? 0 : add(row.textAt(column), 1);
  }

  private int add(String key, long times) {
    int slot = slot(key);
    counts[slot] += times;
    if (keys[slot] != null) {
      return 0;
    }
    keys[slot] = key;
    textBytes += weight(key);
    return weight(key) + grow();
  }

  private int slot(String key) {
    int mask = keys.length - 1;
    int slot = spread(key) & mask;
    for (String at = keys[slot]; at != null && !at.equals(key); at = keys[slot]) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int spread(String key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 16);
  }

  private int grow() {
    if (++size * 2 <= keys.length) {
      return 0;
    }
    int before = keys.length;
    @Nullable String[] oldKeys = keys;
    long[] oldCounts = counts;
    allocate(before * 2);
    for (int i = 0; i < before; i++) {
      String key = oldKeys[i];
      if (key != null) {
        int slot = slot(key);
        keys[slot] = key;
        counts[slot] = oldCounts[i];
      }
    }
    return before * SLOT_BYTES;
  }

  private void allocate(int capacity) {
    keys = new String[capacity];
    counts = new long[capacity];
  }

  @Override
  public void merge(ValueCounts<?> other) {
    ((TextCounts) other).forEach(this::add);
  }

  @Override
  public int distinct() {
    return size;
  }

  @Override
  public void forEach(ObjLongConsumer<String> consumer) {
    for (int i = 0; i < keys.length; i++) {
      String key = keys[i];
      if (key != null) {
        consumer.accept(key, counts[i]);
      }
    }
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != null) {
        StringValue.writeString(keys[i], out);
        out.writeLong(counts[i]);
      }
    }
  }

  @Override
  public void read(DataInputView in) throws IOException {
    int entries = in.readInt();
    allocate(Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, entries)) * 4));
    for (int i = 0; i < entries; i++) {
      add(StringValue.readString(in), in.readLong());
    }
  }

  @Override
  public long weight() {
    return 64 + textBytes + (long) keys.length * SLOT_BYTES;
  }
}
