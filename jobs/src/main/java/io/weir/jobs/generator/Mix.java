package io.weir.jobs.generator;

/**
 * Random numbers that are a function of a seed, an index and a purpose: the output function of
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014) over
 * a sequence number.
 */
final class Mix {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1.0p-53;

  private Mix() {}

  /** 64 random bits. */
  static long bits(long seed, long index, int purpose) {
    return finish(finish(seed + purpose * GOLDEN_GAMMA) + (index + 1) * GOLDEN_GAMMA);
  }

  private static long finish(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 inclusive to 1 exclusive, of 53 of the bits. */
  static double unit(long bits) {
    return (bits >>> 11) * UNIT;
  }

  /** A number from 0 inclusive to a bound below 2^62 exclusive; the bias is below bound / 2^63. */
  static long below(long bits, long bound) {
    return Math.multiplyHigh(bits >>> 1, bound << 1);
  }
}
