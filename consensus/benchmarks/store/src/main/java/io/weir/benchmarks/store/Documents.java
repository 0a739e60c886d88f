package io.weir.benchmarks.store;

import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Documents of 1 KiB that are hard to compress, so that a store that compresses has no advantage by
 * that: a line of YAML, for Weir takes nothing else.
 */
final class Documents {

  static final int BYTES = 1024;

  private static final int COUNT = 256;
  private static final String BEFORE = "rules: ";

  private final String[] all;

  /**
   * @param seed decides what they say
   */
  Documents(long seed) {
    Random random = new Random(seed);
    all = IntStream.range(0, COUNT).mapToObj(i -> document(random)).toArray(String[]::new);
  }

  private static String document(Random random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String text = Base64.getUrlEncoder().encodeToString(bytes);
    return BEFORE + text.substring(0, BYTES - BEFORE.length());
  }

  /** One of them; the same numbers bring the same ones. */
  String get(long number) {
    return all[(int) (number & (COUNT - 1))];
  }
}
