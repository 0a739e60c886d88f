package io.weir.operators.aggregate;

/**
 * Doubles as 64 bits whose order as signed integers is the order of {@link Double#compare}, except
 * that -0.0 becomes 0.0; every NaN is the same.
 */
final class Doubles {

  private Doubles() {}

  static long toSortable(double value) {
    return flip(Double.doubleToLongBits(value == 0 ? 0.0 : value));
  }

  static double fromSortable(long sortable) {
    return Double.longBitsToDouble(flip(sortable));
  }

  // Sign and magnitude to two's complement and back.
  private static long flip(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
