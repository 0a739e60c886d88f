package io.weir.jobs.formats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the next quote or backslash, eight bytes at a step: most of an access log line is quoted
 * text. A byte of a word is zero exactly where subtracting one borrows into its highest bit
 * (Hacker's Delight, 2nd edition, 6-1); above the first such byte the borrow may mislead, so only
 * the first counts.
 */
final class QuoteScan {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private QuoteScan() {}

  /** The position of the first quote or backslash from a position on, or the length. */
  static int next(byte[] bytes, int from) {
    int at = from;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      long found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}
