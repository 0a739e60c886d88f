package io.weir.operators.recommendation.quality;

/**
 * How good lists were, by what their users then did.
 *
 * @param evaluated how many lists were judged
 * @param hits how many of them had the item among their first {@link #FIRST}
 * @param gains the sum of {@code 1 / log2(rank + 1)} of the hits, ranks from 1
 */
public record Quality(long evaluated, long hits, double gains) {

  /** So many places of a list count. */
  public static final int FIRST = 10;

  public static final Quality NONE = new Quality(0, 0, 0);

  /** One more list. */
  public Quality with(int rank) {
    return isHit(rank)
        ? new Quality(evaluated + 1, hits + 1, gains + gain(rank))
        : new Quality(evaluated + 1, hits, gains);
  }

  /** Whether a place, from 0, counts; -1 is none. */
  private static boolean isHit(int rank) {
    return rank >= 0 && rank < FIRST;
  }

  private static double gain(int rank) {
    return Math.log(2) / Math.log(rank + 2);
  }

  /** HR@10; 0 where nothing was judged. */
  public double hitRate() {
    return evaluated == 0 ? 0 : hits / (double) evaluated;
  }

  /** NDCG@10 of lists with one right item each; 0 where nothing was judged. */
  public double gain() {
    return evaluated == 0 ? 0 : gains / evaluated;
  }
}
