package io.weir.operators.window;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row's group columns as bytes, made by {@link GroupColumns}. Immutable. Without
 * group columns there is one key, the empty one. The hash is a function of the bytes alone, the
 * same in every JVM, as Flink spreads keys over subtasks by it.
 */
final class GroupKey {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int hash;

  /** A key of these bytes, which it keeps. */
  GroupKey(byte[] bytes) {
    this(bytes, hash(bytes, bytes.length));
  }

  GroupKey(byte[] bytes, int hash) {
    this.bytes = bytes;
    this.hash = hash;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Multiplies and folds eight bytes at a time. */
  static int hash(byte[] bytes, int length) {
    long hash = length;
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < length; at++) {
      rest = rest << 8 | (bytes[at] & 0xFF);
    }
    hash = mix(hash ^ rest);
    return (int) (hash ^ (hash >>> 32));
  }

  private static long mix(long value) {
    long product = value * 0x9E3779B97F4A7C15L;
    return product ^ (product >>> 32);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GroupKey that && hash == that.hash && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** For debugging. */
  @Override
  public String toString() {
    return "GroupKey" + Arrays.toString(bytes);
  }
}
