package io.weir.operators.recommendation.shard;

import io.weir.operators.recommendation.model.Column;
import io.weir.operators.recommendation.model.Items;
import io.weir.operators.recommendation.ranking.Because;
import io.weir.operators.recommendation.ranking.Ranking;
import io.weir.operators.recommendation.ranking.Reason;
import io.weir.operators.recommendation.rules.Scoring;
import java.util.Arrays;

/**
 * Scores the items of shards for a user, by {@link Scoring}. Holds nothing but room for sums, so
 * that one serves all shards of a thread.
 */
public final class Scorer {

  private double[] similar = new double[1];
  private double[] near = new double[1];
  private int[] seen = {};
  private int call;

  /**
   * Scores a shard's items for a user and offers those that the user has not.
   *
   * @param seenItems what the user has, at least as far as it belongs to the shard
   * @param recent the user's latest items, the latest one first
   * @param weights the user's weights for them
   */
  public void score(
      Shard shard,
      Scoring scoring,
      long[] seenItems,
      long[] recent,
      int[] weights,
      Ranking.Best best) {
    Items items = shard.items();
    prepare(items.size());
    items.normFor(scoring);
    mark(shard, seenItems);
    // One of them may be so new that it is not among the others.
    mark(shard, recent);
    int latest = Math.min(scoring.recent(), recent.length);
    for (int k = 1; k <= latest; k++) {
      double weight = scoring.weight(k, weights[k - 1]);
      if (scoring.similarity() != 0) {
        sum(shard, Kind.SIMILARITY, recent[k - 1], weight, similar);
      }
      if (scoring.sequence() != 0) {
        sum(shard, Kind.SEQUENCE, recent[k - 1], weight, near);
      }
    }
    offer(items, scoring, best);
  }

  private void prepare(int size) {
    if (seen.length < size) {
      seen = new int[2 * size];
      similar = new double[2 * size + 1];
      near = new double[2 * size + 1];
      call = 0;
    }
    call++;
    Arrays.fill(similar, 0, size + 1, 0);
    Arrays.fill(near, 0, size + 1, 0);
  }

  private void mark(Shard shard, long[] seenItems) {
    for (long item : seenItems) {
      int index = shard.owns(item) ? shard.items().indexOf(item) : -1;
      if (index >= 0) {
        seen[index] = call;
      }
    }
  }

  private static void sum(Shard shard, Kind kind, long item, double weight, double[] sums) {
    Column column = shard.column(kind, item);
    if (column != null && column.size() > 0) {
      column.addTo(sums, weight * coefficient(column, shard.items().now()));
    }
  }

  /**
   * Why an item of a shard has its score.
   *
   * @param recent as it was scored by
   * @param weights as well
   */
  public static Because reason(
      Shard shard, Scoring scoring, long item, long[] recent, int[] weights) {
    Items items = shard.items();
    int index = items.indexOf(item);
    double scale = items.scale();
    Strongest similar = new Strongest();
    Strongest near = new Strongest();
    for (int k = 1; k <= Math.min(scoring.recent(), recent.length); k++) {
      double weight = scoring.weight(k, weights[k - 1]);
      similar.add(recent[k - 1], weight * at(shard, Kind.SIMILARITY, recent[k - 1], index));
      near.add(recent[k - 1], weight * at(shard, Kind.SEQUENCE, recent[k - 1], index));
    }
    double a =
        scoring.similarity()
            * similar.sum
            * items.norm(index)
            * Math.pow(scale, scoring.similarityExponent());
    double b =
        scoring.sequence()
            * near.sum
            * items.sequenceNorm(index)
            * Math.pow(scale, scoring.sequenceExponent());
    double c = scoring.popularity() * items.popularity(index) / items.popularityScale();
    if (a >= b && a >= c && a > 0) {
      return new Because(Reason.SIMILAR, similar.item);
    }
    return b >= c && b > 0
        ? new Because(Reason.NEXT, near.item)
        : new Because(Reason.POPULAR, Strongest.NONE);
  }

  /** A sum, and who has the largest part in it. */
  private static final class Strongest {
    private static final long NONE = -1;
    private double sum;
    private double most;
    private long item = NONE;

    private void add(long part, double amount) {
      sum += amount;
      if (amount > most) {
        most = amount;
        item = part;
      }
    }
  }

  private static double at(Shard shard, Kind kind, long item, int index) {
    Column column = shard.column(kind, item);
    return column == null || column.size() == 0
        ? 0
        : column.at(index) * coefficient(column, shard.items().now());
  }

  /** What a column's counts are multiplied by on the side of its own item. */
  static double coefficient(Column column, long now) {
    double fading = column.fading(now);
    double total = column.total() * fading;
    return total > 0 ? fading / Math.sqrt(total) : 0;
  }

  private void offer(Items items, Scoring scoring, Ranking.Best best) {
    double scale = items.scale();
    double a = scoring.similarity() * Math.pow(scale, scoring.similarityExponent());
    double b = scoring.sequence() * Math.pow(scale, scoring.sequenceExponent());
    double c = scoring.popularity() / items.popularityScale();
    for (int i = 0; i < items.size(); i++) {
      if (seen[i] != call) {
        double score =
            a * similar[i + 1] * items.norm(i)
                + b * near[i + 1] * items.sequenceNorm(i)
                + c * items.popularity(i);
        if (best.admits(score)) {
          best.offer(items.id(i), score);
        }
      }
    }
  }
}
