package io.weir.operators.recommendation.rules;

/**
 * What is counted, and how much of it is kept.
 *
 * @param ageing how counts fade
 * @param sequenceSteps up to how many steps apart two items of a user go together as a sequence
 * @param backward what it counts that an item came before another one, against 1 for after it
 * @param pairs with how many of the user's latest items an event is paired; 0: with all. Bounds the
 *     work of an event; a user's older items then go together with nothing new
 * @param history how many items of a user are remembered; 0: all. Bounds the state of a user; what
 *     is forgotten may be recommended again
 * @param neighbours how many entries are kept for an item at each sweep, of either kind; 0: all. Of
 *     entries that are as large as the last one all stay
 * @param doubt the probability with which the Hoeffding bound may drop a pair that belongs to the
 *     best ones; 0: nothing is dropped by it
 * @param sweep after how many events, of all users, a shard is swept; 0: never
 */
public record Learning(
    Ageing ageing,
    int sequenceSteps,
    double backward,
    int pairs,
    int history,
    int neighbours,
    double doubt,
    int sweep) {

  /** The most steps; each takes part of every message. */
  public static final int MAX_SEQUENCE_STEPS = 50;

  /** Everything is counted and kept for ever. */
  public static final Learning EXACT = new Learning(Ageing.NONE, 10, 0.3, 0, 0, 0, 0, 0);

  /** What is shipped. */
  public static final Learning DEFAULT =
      new Learning(Ageing.NONE, 10, 0.3, 0, 10_000, 0, 0, 10_000);

  public Learning {
    if (sequenceSteps < 0 || sequenceSteps > MAX_SEQUENCE_STEPS) {
      throw new IllegalArgumentException(
          "sequence steps are from 0 to " + MAX_SEQUENCE_STEPS + ", not " + sequenceSteps);
    }
    if (backward < 0 || backward > 1) {
      throw new IllegalArgumentException("backward is from 0 to 1, not " + backward);
    }
    if (doubt < 0 || doubt >= 1) {
      throw new IllegalArgumentException("doubt is a probability below 1, not " + doubt);
    }
  }

  public Learning withSequenceSteps(int steps) {
    return new Learning(ageing, steps, backward, pairs, history, neighbours, doubt, sweep);
  }

  public Learning withHistory(int most) {
    return new Learning(ageing, sequenceSteps, backward, pairs, most, neighbours, doubt, sweep);
  }

  public Learning withPairs(int most) {
    return new Learning(ageing, sequenceSteps, backward, most, history, neighbours, doubt, sweep);
  }

  public Learning withAgeing(Ageing other) {
    return new Learning(other, sequenceSteps, backward, pairs, history, neighbours, doubt, sweep);
  }

  /** The same with sweeps that keep so many neighbours and bear so much doubt. */
  public Learning withSweep(int kept, double borne, int every) {
    return new Learning(ageing, sequenceSteps, backward, pairs, history, kept, borne, every);
  }
}
