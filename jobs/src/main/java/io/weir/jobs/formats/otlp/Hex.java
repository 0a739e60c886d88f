package io.weir.jobs.formats.otlp;

/** Numbers of 64 bits in hexadecimal, in either case, without making objects. */
final class Hex {

  static final int DIGITS = 16;

  private Hex() {}

  static boolean isHex(char[] text, int from) {
    for (int i = from; i < from + DIGITS; i++) {
      if (Character.digit(text[i], 16) < 0 || text[i] > 'f') {
        return false;
      }
    }
    return true;
  }

  /** The number in 16 digits that {@link #isHex} has found to be ones. */
  static long parse(char[] text, int from) {
    long number = 0;
    for (int i = from; i < from + DIGITS; i++) {
      number = (number << 4) | Character.digit(text[i], 16);
    }
    return number;
  }
}
