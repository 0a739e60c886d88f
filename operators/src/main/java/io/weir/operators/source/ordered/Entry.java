package io.weir.operators.source.ordered;

import io.weir.operators.intake.RawRecord;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way through the sort.
 *
 * @param key null: behind all others
 * @param sequence how many records were read before; decides between equal keys
 * @param record with the ordered origin's name
 */
record Entry(byte @Nullable [] key, long sequence, RawRecord record) implements Comparable<Entry> {

  /** About what the objects of an entry take beside their bytes. */
  private static final int OVERHEAD_BYTES = 128;

  private static final int NO_KEY = -1;

  int memoryBytes() {
    return OVERHEAD_BYTES + (key == null ? 0 : key.length) + record.bytes().length;
  }

  @Override
  public int compareTo(Entry other) {
    int byKey = compareKeys(key, other.key);
    return byKey != 0 ? byKey : Long.compare(sequence, other.sequence);
  }

  private static int compareKeys(byte @Nullable [] one, byte @Nullable [] other) {
    if (one == null || other == null) {
      return Boolean.compare(one == null, other == null);
    }
    return Arrays.compareUnsigned(one, other);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(sequence);
    out.writeBoolean(record.mark() == RawRecord.Mark.OVERSIZED);
    out.writeLong(record.position());
    out.writeInt(key == null ? NO_KEY : key.length);
    if (key != null) {
      out.write(key);
    }
    out.writeInt(record.bytes().length);
    out.write(record.bytes());
  }

  static Entry read(DataInputStream in, String origin) throws IOException {
    long sequence = in.readLong();
    boolean oversized = in.readBoolean();
    long position = in.readLong();
    int keyLength = in.readInt();
    byte[] key = keyLength == NO_KEY ? null : readBytes(in, keyLength);
    byte[] bytes = readBytes(in, in.readInt());
    return new Entry(
        key,
        sequence,
        oversized
            ? RawRecord.oversized(origin, position, bytes)
            : RawRecord.data(origin, position, bytes));
  }

  private static byte[] readBytes(DataInputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  // Arrays compare by content, and the order agrees with equality.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entry that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key) * 31 + Long.hashCode(sequence);
  }
}
