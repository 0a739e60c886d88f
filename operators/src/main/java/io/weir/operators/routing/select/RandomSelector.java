package io.weir.operators.routing.select;

import java.util.SplittableRandom;

/**
 * Any open channel with the same probability, whatever its weight.
 *
 * <p>Cost: a multiplication, another one with what that leaves over, and a random number for
 * several records: 16 of them for 4 channels, 4 for 256, 2 at least (Lemire, <i>Fast Random Integer
 * Generation in an Interval</i>, 2019, and Brackett-Rozinsky and Lemire, <i>Batched Ranged Random
 * Integer Generation</i>, 2024, both without their rejection: a channel's probability is off by
 * less than 2^-32).
 *
 * <p>Imbalance: of m records a channel's share p gets m p, give or take sqrt(3 m p ln(2 n / d)) for
 * all n channels at once, with probability 1 - d (Mitzenmacher and Upfal, <i>Probability and
 * Computing</i>, corollary 4.6).
 */
public final class RandomSelector extends Selector {

  private static final long MOST_RESULTS = 1L << 32;

  private final char[] channels;
  private final SplittableRandom random;
  // For how many records one random number will do.
  private final int batch;

  public RandomSelector(int[] weights, SplittableRandom random) {
    channels = Weights.openInTurn(weights);
    this.random = random;
    batch = batch(channels.length);
  }

  /** As many as have few enough results together for all of these to be as likely. */
  private static int batch(int channels) {
    int batch = 1;
    for (long results = channels;
        results * channels <= MOST_RESULTS && batch < Integer.SIZE;
        batch++) {
      results *= channels;
    }
    return batch;
  }

  @Override
  public int next() {
    return channels[part(random.nextLong())];
  }

  @Override
  public int choose(char[] turns) {
    for (int filled = 0; filled < turns.length; ) {
      int end = Math.min(filled + batch, turns.length);
      for (long bits = random.nextLong(); filled < end; bits *= channels.length) {
        turns[filled++] = channels[part(bits)];
      }
    }
    return turns.length;
  }

  /** The upper half of the product of an unsigned number and the number of channels. */
  private int part(long bits) {
    return (int) (Math.multiplyHigh(bits, channels.length) + ((bits >> 63) & channels.length));
  }
}
