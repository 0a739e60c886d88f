package io.weir.benchmarks.routing;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Keys of which the k-th is k^exponent times rarer than the first. The n-th draw is always the
 * same.
 */
final class Zipf implements Serializable {

  private static final long serialVersionUID = 1;

  private final double[] upTo;

  Zipf(int keys, double exponent) {
    upTo = new double[keys];
    double sum = 0;
    for (int key = 0; key < keys; key++) {
      sum += Math.pow(key + 1, -exponent);
      upTo[key] = sum;
    }
    for (int key = 0; key < keys; key++) {
      upTo[key] /= sum;
    }
  }

  int key(long draw) {
    int found = Arrays.binarySearch(upTo, new SplittableRandom(draw).nextDouble());
    return Math.min(upTo.length - 1, found < 0 ? -found - 1 : found);
  }
}
