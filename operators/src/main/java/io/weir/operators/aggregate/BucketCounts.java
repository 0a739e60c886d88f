package io.weir.operators.aggregate;

import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.util.Iterator;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How many values each bucket holds: an array from the lowest bucket in use to the highest. */
final class BucketCounts {

  // What the store grows by, and by how much.
  private static final int GROWTH = 64;

  private final UnboundedSizeDenseStore store = new UnboundedSizeDenseStore(GROWTH);
  private long total;

  void add(int bucket, long count) {
    store.add(bucket, (double) count);
    total += count;
  }

  void merge(BucketCounts other) {
    store.mergeWith(other.store);
    total += other.total;
  }

  long total() {
    return total;
  }

  /** The bucket of the value of a place, from 1 in ascending order. */
  int bucketAt(long place) {
    long passed = 0;
    for (Iterator<Bin> bins = store.getAscendingIterator(); bins.hasNext(); ) {
      Bin bin = bins.next();
      passed += (long) bin.getCount();
      if (passed >= place) {
        return bin.getIndex();
      }
    }
    throw new IllegalArgumentException("place " + place + " of " + total);
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(total);
    if (total == 0) {
      return;
    }
    out.writeInt(store.getMinIndex());
    out.writeInt(store.getMaxIndex());
    int next = store.getMinIndex();
    for (Iterator<Bin> bins = store.getAscendingIterator(); bins.hasNext(); next++) {
      Bin bin = bins.next();
      for (; next < bin.getIndex(); next++) {
        writeCount(0, out);
      }
      writeCount((long) bin.getCount(), out);
    }
  }

  void read(DataInputView in) throws IOException {
    long expected = in.readLong();
    if (expected == 0) {
      return;
    }
    int bucket = in.readInt();
    for (int last = in.readInt(); bucket <= last; bucket++) {
      long count = readCount(in);
      if (count > 0) {
        add(bucket, count);
      }
    }
    if (total != expected) {
      throw new IOException("buckets hold " + total + " values, not " + expected);
    }
  }

  // Seven bits a byte, the lowest first: most buckets hold few values.
  private static void writeCount(long count, DataOutputView out) throws IOException {
    long rest = count;
    for (; rest > 0x7f; rest >>>= 7) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
    }
    out.writeByte((int) rest);
  }

  private static long readCount(DataInputView in) throws IOException {
    long count = 0;
    for (int shift = 0; ; shift += 7) {
      long next = in.readByte();
      count |= (next & 0x7f) << shift;
      if (next >= 0) {
        return count;
      }
    }
  }

  /** The bytes in memory, roughly. */
  long weight() {
    return store.isEmpty()
        ? 0
        : Double.BYTES * (GROWTH + (long) store.getMaxIndex() - store.getMinIndex());
  }
}
