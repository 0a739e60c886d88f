package io.weir.operators.aggregate;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How many values each bucket holds, for buckets that hold any: a hash table with linear probing,
 * as most windows of a group have few values, far apart.
 */
final class BucketCounts {

  private static final int FIRST_CAPACITY = 8;
  private static final int SLOT_BYTES = Integer.BYTES + Long.BYTES;
  private static final int[] NOT_SORTED = {};

  private int size;
  private long total;
  private int[] buckets = new int[FIRST_CAPACITY];
  // A slot whose count is 0 is free.
  private long[] counts = new long[FIRST_CAPACITY];
  // Of the last question, for the next quantile; empty when it no longer holds.
  private int[] sorted = NOT_SORTED;

  /** Counts values; returns the bytes by which the table grew. */
  int add(int bucket, long count) {
    int slot = slot(bucket);
    boolean isNew = counts[slot] == 0;
    buckets[slot] = bucket;
    counts[slot] += count;
    total += count;
    return isNew ? grow() : 0;
  }

  private int slot(int bucket) {
    int mask = buckets.length - 1;
    int slot = spread(bucket) & mask;
    while (counts[slot] != 0 && buckets[slot] != bucket) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  // Fibonacci hashing: neighbours lie apart.
  private static int spread(int bucket) {
    return (bucket * 0x9E3779B9) >>> 16;
  }

  private int grow() {
    sorted = NOT_SORTED;
    if (++size * 2 <= buckets.length) {
      return 0;
    }
    int before = buckets.length;
    int[] oldBuckets = buckets;
    long[] oldCounts = counts;
    allocate(2 * before);
    for (int i = 0; i < before; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldBuckets[i]);
        buckets[slot] = oldBuckets[i];
        counts[slot] = oldCounts[i];
      }
    }
    return before * SLOT_BYTES;
  }

  private void allocate(int capacity) {
    buckets = new int[capacity];
    counts = new long[capacity];
  }

  void merge(BucketCounts other) {
    for (int i = 0; i < other.buckets.length; i++) {
      if (other.counts[i] != 0) {
        add(other.buckets[i], other.counts[i]);
      }
    }
  }

  long total() {
    return total;
  }

  /** The bucket of the value of a place, from 1 in ascending order. */
  int bucketAt(long place) {
    long left = place;
    for (int bucket : sortedBuckets()) {
      left -= counts[slot(bucket)];
      if (left <= 0) {
        return bucket;
      }
    }
    throw new IllegalArgumentException("place " + place + " of " + total);
  }

  private int[] sortedBuckets() {
    if (sorted.length == size) {
      return sorted;
    }
    sorted = new int[size];
    int next = 0;
    for (int i = 0; i < buckets.length; i++) {
      if (counts[i] != 0) {
        sorted[next++] = buckets[i];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  void write(DataOutputView out) throws IOException {
    writeNumber(size, out);
    for (int i = 0; i < buckets.length; i++) {
      if (counts[i] != 0) {
        writeNumber(zigzag(buckets[i]), out);
        writeNumber(counts[i], out);
      }
    }
  }

  void read(DataInputView in) throws IOException {
    int entries = (int) readNumber(in);
    allocate(Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, entries)) * 4));
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
    return 64 + (long) buckets.length * SLOT_BYTES;
  }
}
