package io.weir.operators.aggregate;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * How many values each bucket holds, for buckets that hold any. Most windows of a group have few
 * values, so those are kept one by one; more than that are counted in a table.
 */
final class BucketCounts {

  /** Until here, to sort values takes less than to look their buckets up. */
  static final int MOST_SINGLE = 64;

  private static final int FIRST_CAPACITY = 4;
  private static final int[] NONE = {};

  // The bucket of each value; of no meaning when there is a table.
  private int[] singles = NONE;
  private int size;
  private boolean sorted;
  private @Nullable BucketTable table;

  /** Counts a value; returns the bytes by which the weight grew. */
  int add(int bucket) {
    if (table != null) {
      return table.add(bucket, 1);
    }
    return size < MOST_SINGLE ? append(bucket) : add(bucket, 1);
  }

  private int append(int bucket) {
    int before = singles.length;
    if (size == before) {
      singles = Arrays.copyOf(singles, Math.max(FIRST_CAPACITY, 2 * size));
    }
    singles[size++] = bucket;
    sorted = false;
    return (singles.length - before) * Integer.BYTES;
  }

  private int add(int bucket, long count) {
    if (table == null && size + count <= MOST_SINGLE) {
      int grown = 0;
      for (int i = 0; i < count; i++) {
        grown += append(bucket);
      }
      return grown;
    }
    long before = weight();
    table().add(bucket, count);
    return (int) (weight() - before);
  }

  private BucketTable table() {
    if (table == null) {
      table = new BucketTable(size);
      for (int i = 0; i < size; i++) {
        table.add(singles[i], 1);
      }
      singles = NONE;
      size = 0;
    }
    return table;
  }

  void merge(BucketCounts other) {
    if (other.table != null) {
      other.table.forEach(this::add);
    } else if (table == null && size + other.size <= MOST_SINGLE) {
      appendAll(other);
    } else {
      for (int i = 0; i < other.size; i++) {
        table().add(other.singles[i], 1);
      }
    }
  }

  private void appendAll(BucketCounts other) {
    int all = size + other.size;
    if (all > singles.length) {
      singles = Arrays.copyOf(singles, Math.max(FIRST_CAPACITY, all));
    }
    System.arraycopy(other.singles, 0, singles, size, other.size);
    size = all;
    sorted = false;
  }

  long total() {
    return table == null ? size : table.total();
  }

  /** The bucket of the value of a place, from 1 in ascending order. */
  int bucketAt(long place) {
    if (table != null) {
      return table.bucketAt(place);
    }
    if (!sorted) {
      Arrays.sort(singles, 0, size);
      sorted = true;
    }
    return singles[(int) place - 1];
  }

  /** Writes buckets with their counts; one that was not looked up may come more than once. */
  void write(DataOutputView out) throws IOException {
    writeNumber(table == null ? size : table.size(), out);
    if (table != null) {
      table.<IOException>forEach((bucket, count) -> write(bucket, count, out));
    }
    for (int i = 0; i < size; i++) {
      write(singles[i], 1, out);
    }
  }

  private static void write(int bucket, long count, DataOutputView out) throws IOException {
    writeNumber(zigzag(bucket), out);
    writeNumber(count, out);
  }

  /** Fills a new object with what was written. */
  void read(DataInputView in) throws IOException {
    int entries = (int) readNumber(in);
    if (entries > MOST_SINGLE) {
      table = new BucketTable(entries);
    } else if (entries > 0) {
      singles = new int[Math.max(FIRST_CAPACITY, entries)];
    }
    for (int i = 0; i < entries; i++) {
      add(unzigzag((int) readNumber(in)), readNumber(in));
    }
  }

  // Small whatever the sign.
  private static int zigzag(int bucket) {
    return (bucket << 1) ^ (bucket >> (Integer.SIZE - 1));
  }

  private static int unzigzag(int number) {
    return (number >>> 1) ^ -(number & 1);
  }

  // Seven bits a byte, the lowest first: most buckets hold few values.
  private static void writeNumber(long number, DataOutputView out) throws IOException {
    long rest = number;
    for (; rest > 0x7f; rest >>>= 7) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
    }
    out.writeByte((int) rest);
  }

  private static long readNumber(DataInputView in) throws IOException {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      long next = in.readByte();
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  /** The bytes in memory, roughly. */
  long weight() {
    return table == null ? 48 + (long) singles.length * Integer.BYTES : 48 + table.weight();
  }
}
