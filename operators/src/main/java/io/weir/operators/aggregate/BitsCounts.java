package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.ObjLongConsumer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Counts of 64-bit values, in a hash table with linear probing. DOUBLE values are kept in the form
 * of {@link Doubles}, so that the order of keys is the order of values.
 */
final class BitsCounts implements ValueCounts<Long> {

  private static final int FIRST_CAPACITY = 4;
  private static final int SLOT_BYTES = 2 * Long.BYTES;

  private final int column;
  private final boolean doubles;
  private int size;
  private long[] keys = new long[FIRST_CAPACITY];
  // A slot whose count is 0 is free.
  private long[] counts = new long[FIRST_CAPACITY];

  BitsCounts(int column, ColumnType type) {
    this.column = column;
    this.doubles = type == ColumnType.DOUBLE;
  }

  @Override
  public int add(Row row) {
    return row.isNull(column)
        ? 0
        : add(doubles ? Doubles.toSortable(row.doubleAt(column)) : row.longAt(column), 1);
  }

  private int add(long key, long times) {
    int slot = slot(key);
    boolean isNew = counts[slot] == 0;
    keys[slot] = key;
    counts[slot] += times;
    return isNew ? grow() : 0;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = spread(key) & mask;
    while (counts[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  // Fibonacci hashing: the product's upper half depends on all bits of the key.
  private static int spread(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32);
  }

  private int grow() {
    if (++size * 2 <= keys.length) {
      return 0;
    }
    int before = keys.length;
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    allocate(before * 2);
    for (int i = 0; i < before; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
    return before * SLOT_BYTES;
  }

  private void allocate(int capacity) {
    keys = new long[capacity];
    counts = new long[capacity];
  }

  @Override
  public void merge(ValueCounts<?> other) {
    BitsCounts that = (BitsCounts) other;
    for (int i = 0; i < that.keys.length; i++) {
      if (that.counts[i] != 0) {
        add(that.keys[i], that.counts[i]);
      }
    }
  }

  @Override
  public int distinct() {
    return size;
  }

  @Override
  public void forEach(ObjLongConsumer<Long> consumer) {
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        consumer.accept(keys[i], counts[i]);
      }
    }
  }

  /**
   * The value at a place in the sorted values.
   *
   * @param place from 1 to the number of values counted
   */
  long valueAt(long place) {
    long left = place;
    for (long key : sortedKeys()) {
      left -= counts[slot(key)];
      if (left <= 0) {
        return key;
      }
    }
    throw new IllegalArgumentException("place " + place + " of " + total());
  }

  long total() {
    return Arrays.stream(counts).sum();
  }

  private long[] sortedKeys() {
    long[] sorted = new long[size];
    int next = 0;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        sorted[next++] = keys[i];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        out.writeLong(keys[i]);
        out.writeLong(counts[i]);
      }
    }
  }

  @Override
  public void read(DataInputView in) throws IOException {
    int entries = in.readInt();
    allocate(Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, entries)) * 4));
    for (int i = 0; i < entries; i++) {
      add(in.readLong(), in.readLong());
    }
  }

  @Override
  public long weight() {
    return 64 + (long) keys.length * SLOT_BYTES;
  }
}
