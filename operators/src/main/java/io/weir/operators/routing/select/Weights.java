package io.weir.operators.routing.select;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Checks on weights, and sums of them. */
final class Weights {

  private Weights() {}

  /** The sum of weights that can be used: none below 0, one above. */
  static long sum(int[] weights) {
    long sum = 0;
    for (int weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("a weight below 0 in " + Arrays.toString(weights));
      }
      sum += weight;
    }
    if (sum == 0) {
      throw new IllegalArgumentException("no weight above 0 in " + Arrays.toString(weights));
    }
    return sum;
  }

  /** The channels that get records at all. */
  static int[] open(int[] weights) {
    sum(weights);
    return IntStream.range(0, weights.length).filter(channel -> weights[channel] > 0).toArray();
  }

  /** The same, as selectors hand them out. */
  static char[] openInTurn(int[] weights) {
    int[] open = open(weights);
    char[] turns = new char[open.length];
    for (int i = 0; i < open.length; i++) {
      turns[i] = (char) open[i];
    }
    return turns;
  }

  /** The smallest weights of the same shares. */
  static int[] reduced(int[] weights) {
    sum(weights);
    int divisor = Arrays.stream(weights).reduce(0, Weights::greatestCommonDivisor);
    return Arrays.stream(weights).map(weight -> weight / divisor).toArray();
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
