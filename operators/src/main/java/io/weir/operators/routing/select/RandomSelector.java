package io.weir.operators.routing.select;

import java.util.SplittableRandom;

/**
 * Any open channel with the same probability, whatever its weight.
 *
 * <p>Cost: a random number for two records, and for each a multiplication, a read and an increment
 * (Lemire, <i>Fast Random Integer Generation in an Interval</i>, 2019, without its rejection: a
 * channel's probability is off by less than 2^-32).
 *
 * <p>Imbalance: of m records a channel's share p gets m p, give or take sqrt(3 m p ln(2 n / d)) for
 * all n channels at once, with probability 1 - d (Mitzenmacher and Upfal, <i>Probability and
 * Computing</i>, corollary 4.6).
 */
public final class RandomSelector extends Selector {

  private static final long LOWER = 0xFFFF_FFFFL;

  private final char[] channels;
  private final SplittableRandom random;
  private final Tally tally;

  public RandomSelector(int[] weights, SplittableRandom random) {
    channels = Weights.openInTurn(weights);
    this.random = random;
    tally = new Tally(weights.length);
  }

  @Override
  public int choose(char[] turns) {
    int last = turns.length - 1;
    for (int turn = 0; turn <= last >> 1; turn++) {
      long bits = random.nextLong();
      turns[turn] = channel(bits >>> 32);
      turns[last - turn] = channel(bits & LOWER);
    }
    tally.add(turns);
    return turns.length;
  }

  private char channel(long half) {
    return channels[(int) ((half * channels.length) >>> 32)];
  }

  @Override
  public void takeBack(char[] turns, int from, int until) {
    tally.takeBack(turns, from, until);
  }

  @Override
  public void count(long[] counts) {
    tally.addTo(counts);
  }
}
