package io.weir.operators.routing.select;

import java.util.random.RandomGenerator;

/**
 * Any open channel with the same probability, whatever its weight.
 *
 * <p>Cost: one random number and a multiplication (Lemire, <i>Fast Random Integer Generation in an
 * Interval</i>, 2019, without its rejection: a channel's probability is off by less than 2^-32).
 *
 * <p>Imbalance: of m records a channel's share p gets m p, give or take sqrt(3 m p ln(2 n / d)) for
 * all n channels at once, with probability 1 - d (Mitzenmacher and Upfal, <i>Probability and
 * Computing</i>, corollary 4.6).
 */
public final class RandomSelector extends Selector {

  private final int[] channels;
  private final RandomGenerator random;

  public RandomSelector(int[] weights, RandomGenerator random) {
    channels = Weights.open(weights);
    this.random = random;
  }

  @Override
  public int next() {
    return channels[(int) (((random.nextInt() & 0xFFFF_FFFFL) * channels.length) >>> 32)];
  }

  @Override
  public int choose(char[] turns) {
    return chooseAll(turns);
  }
}
