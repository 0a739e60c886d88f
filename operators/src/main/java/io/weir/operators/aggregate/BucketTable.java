package io.weir.operators.aggregate;

import java.util.Arrays;

/** Counts of many values by bucket: a hash table with linear probing. */
final class BucketTable {

  /** Takes a bucket that holds values. */
  interface Consumer<E extends Exception> {
    void accept(int bucket, long count) throws E;
  }

  private static final int SLOT_BYTES = Integer.BYTES + Long.BYTES;
  private static final int[] NOT_SORTED = {};

  private int size;
  private long total;
  private int[] buckets;
  // A slot whose count is 0 is free.
  private long[] counts;
  // Of the last question, for the next quantile; empty when it no longer holds.
  private int[] sorted = NOT_SORTED;

  /** A table with room for so many buckets. */
  BucketTable(int expected) {
    int capacity = Integer.highestOneBit(Math.max(1, expected)) * 4;
    buckets = new int[capacity];
    counts = new long[capacity];
  }

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
    buckets = new int[2 * before];
    counts = new long[2 * before];
    for (int i = 0; i < before; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldBuckets[i]);
        buckets[slot] = oldBuckets[i];
        counts[slot] = oldCounts[i];
      }
    }
    return before * SLOT_BYTES;
  }

  /** How many buckets hold values. */
  int size() {
    return size;
  }

  long total() {
    return total;
  }

  <E extends Exception> void forEach(Consumer<E> consumer) throws E {
    for (int i = 0; i < buckets.length; i++) {
      if (counts[i] != 0) {
        consumer.accept(buckets[i], counts[i]);
      }
    }
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

  /** The bytes in memory, roughly. */
  long weight() {
    return 64 + (long) buckets.length * SLOT_BYTES;
  }
}
