package io.weir.jobs.formats.otlp;

/** Numbers of 64 bits in hexadecimal, in either case, without making objects. */
final class Hex {

  static final int DIGITS = 16;

  // By ASCII; -1 is no digit.
  private static final byte[] VALUES = values();

  private Hex() {}

  private static byte[] values() {
    byte[] values = new byte[128];
    for (char digit = 0; digit < values.length; digit++) {
      values[digit] = (byte) Character.digit(digit, 16);
    }
    return values;
  }

  static boolean isHex(char[] text, int from) {
    int all = 0;
    for (int i = from; i < from + DIGITS; i++) {
      all |= text[i] < VALUES.length ? VALUES[text[i]] : -1;
    }
    return all >= 0;
  }

  /** The number in 16 digits that {@link #isHex} has found to be ones. */
  static long parse(char[] text, int from) {
    long number = 0;
    for (int i = from; i < from + DIGITS; i++) {
      number = (number << 4) | VALUES[text[i]];
    }
    return number;
  }
}
