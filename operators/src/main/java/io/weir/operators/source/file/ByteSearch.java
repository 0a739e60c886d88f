package io.weir.operators.source.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time. For a word w whose bytes were XORed with the wanted one, {@code (w -
 * 0x01..01) & ~w & 0x80..80} has its lowest set bit in the first byte that is zero (Warren,
 * Hacker's Delight, 6-1).
 */
final class ByteSearch {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private ByteSearch() {}

  /** The first index of a byte within bounds, or -1. */
  static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    long pattern = (wanted & 0xffL) * ONES;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long zeros = zeros((long) WORDS.get(bytes, i) ^ pattern);
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** The first index of either byte within bounds, or -1. */
  static int indexOfEither(byte[] bytes, int from, int to, byte one, byte other) {
    long patternOne = (one & 0xffL) * ONES;
    long patternOther = (other & 0xffL) * ONES;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i);
      // Each half's lowest bit is exact, so the lower of the two is as well.
      long zeros = zeros(word ^ patternOne) | zeros(word ^ patternOther);
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == one || bytes[i] == other) {
        return i;
      }
    }
    return -1;
  }

  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}
