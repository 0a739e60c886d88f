package io.weir.operators.routing.select;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A channel with the probability of its weight: an alias table (Walker 1977, built as by Vose, <i>A
 * Linear Algorithm for Generating Random Numbers with a Given Distribution</i>, 1991). Each of n
 * slots is shared by at most two channels. Half a random number, times n, is one of the slots and a
 * place in it.
 *
 * <p>Cost: a random number for two records, a multiplication and a read, whatever the number of
 * channels, and an increment; building takes n steps.
 *
 * <p>Imbalance: as of {@link RandomSelector}, with p the channel's part of all weights; p itself is
 * off by less than (n + 1) 2^-32.
 */
public final class WeightedRandomSelector extends Selector {

  private static final long WHOLE = 1L << 32;
  private static final long LOWER = WHOLE - 1;

  private final SplittableRandom random;
  // Of each slot the part, of 2^32, that belongs to the channel of the same number; in the lower 16
  // bits the channel that the rest belongs to.
  private final long[] slots;
  private final Tally tally;

  public WeightedRandomSelector(int[] weights, SplittableRandom random) {
    this.random = random;
    slots = new long[weights.length];
    tally = new Tally(weights.length);
    build(weights, Weights.sum(weights));
  }

  // A channel's weight, times n, is what it holds; a slot has room for the sum of the weights.
  private void build(int[] weights, long room) {
    long[] held = Arrays.stream(weights).mapToLong(w -> (long) w * weights.length).toArray();
    int[] work = new int[weights.length];
    int small = 0;
    int large = weights.length;
    for (int channel = 0; channel < weights.length; channel++) {
      if (held[channel] < room) {
        work[small++] = channel;
      } else {
        work[--large] = channel;
      }
    }
    // INVARIANT: what is in work below small holds less than its room, from large on at least that.
    while (small > 0) {
      int poor = work[--small];
      int rich = work[large];
      slots[poor] = slot((long) ((double) held[poor] / room * WHOLE), rich);
      held[rich] -= room - held[poor];
      if (held[rich] < room) {
        large++;
        work[small++] = rich;
      }
    }
    for (; large < weights.length; large++) {
      slots[work[large]] = slot(WHOLE, work[large]);
    }
  }

  private static long slot(long own, int alias) {
    return own << Character.SIZE | alias;
  }

  @Override
  public int choose(char[] turns) {
    draw(turns);
    tally.add(turns);
    return turns.length;
  }

  /** Chooses for all turns, and does not count it. */
  void draw(char[] turns) {
    int last = turns.length - 1;
    for (int turn = 0; turn <= last >> 1; turn++) {
      long bits = random.nextLong();
      turns[turn] = channel(bits >>> 32);
      turns[last - turn] = channel(bits & LOWER);
    }
  }

  private char channel(long half) {
    long scaled = half * slots.length;
    int own = (int) (scaled >>> 32);
    long slot = slots[own];
    int alias = (char) slot;
    // All ones if the slot's own channel is meant. A branch could only be guessed, often wrongly.
    int isOwn = (int) (((scaled & LOWER) - (slot >>> Character.SIZE)) >> 63);
    return (char) (alias ^ ((alias ^ own) & isOwn));
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
