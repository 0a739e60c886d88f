package io.weir.operators.recommendation.ranking;

import java.util.Arrays;

/**
 * The best items, best first; of equal scores the smaller item is the better one.
 *
 * @param items as many as there are, at most the asked number
 * @param scores theirs
 */
public record Ranking(long[] items, double[] scores) {

  public static final Ranking EMPTY = new Ranking(new long[0], new double[0]);

  public int size() {
    return items.length;
  }

  /** The place of an item from 0, or -1. */
  public int rankOf(long item) {
    for (int rank = 0; rank < items.length; rank++) {
      if (items[rank] == item) {
        return rank;
      }
    }
    return -1;
  }

  /** Collects the best items, seen in any order; for one thread. */
  public static final class Best {
    private final long[] items;
    private final double[] scores;
    private int size;

    public Best(int most) {
      items = new long[most];
      scores = new double[most];
    }

    /** Whether an item of this score can be among the best; cheap, and rarely true. */
    public boolean admits(double score) {
      return size < items.length || (size > 0 && score >= scores[size - 1]);
    }

    /** Takes an item that was not taken before. */
    public void offer(long item, double score) {
      int place = size;
      while (place > 0 && isBetter(item, score, place - 1)) {
        place--;
      }
      if (place == items.length) {
        return;
      }
      size = Math.min(items.length, size + 1);
      System.arraycopy(items, place, items, place + 1, size - place - 1);
      System.arraycopy(scores, place, scores, place + 1, size - place - 1);
      items[place] = item;
      scores[place] = score;
    }

    private boolean isBetter(long item, double score, int than) {
      return score > scores[than] || (score == scores[than] && item < items[than]);
    }

    public Ranking ranking() {
      return new Ranking(Arrays.copyOf(items, size), Arrays.copyOf(scores, size));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ranking that
        && Arrays.equals(items, that.items)
        && Arrays.equals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(items);
  }

  @Override
  public String toString() {
    return Arrays.toString(items) + Arrays.toString(scores);
  }
}
