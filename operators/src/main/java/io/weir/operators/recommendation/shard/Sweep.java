package io.weir.operators.recommendation.shard;

import io.weir.operators.recommendation.model.Column;
import io.weir.operators.recommendation.model.Items;
import io.weir.operators.recommendation.ranking.Ranking;
import io.weir.operators.recommendation.rules.Learning;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all columns of a shard: drops pairs that {@link Learning} does not keep, and finds
 * the nearest neighbours of each item. Takes time in proportion to the shard's pairs, and 4 bytes
 * of memory for each while it prunes.
 */
public final class Sweep {

  // The length of the lists that the Hoeffding bound looks at; TencentRec's lists are of this
  // order.
  private static final int LIST = 20;

  private final Shard shard;
  private final Items items;

  public Sweep(Shard shard) {
    this.shard = shard;
    this.items = shard.items();
  }

  /**
   * Counts an event; says whether the shard is to be swept. Shards take turns, so that not all of a
   * task are swept at once.
   */
  public static boolean isDue(Shard shard, Learning learning) {
    Items items = shard.items();
    if (learning.sweep() == 0) {
      return false;
    }
    long turn = (long) learning.sweep() * shard.number() / shard.shards().count();
    return Math.floorMod(items.allEvents() - turn, learning.sweep()) == 0;
  }

  /**
   * Drops pairs.
   *
   * @return how many
   */
  public long prune(Learning learning) {
    long dropped = 0;
    if (learning.neighbours() > 0) {
      for (Kind kind : Kind.values()) {
        double[] least = least(kind, learning.neighbours());
        dropped += drop(kind, (index, similarity, count) -> similarity >= least[index]);
      }
    }
    if (learning.doubt() > 0) {
      double[] least = least(Kind.SIMILARITY, LIST);
      double log = Math.log(1 / learning.doubt()) / 2 * items.largestWeight();
      dropped +=
          drop(
              Kind.SIMILARITY,
              (index, similarity, count) -> similarity + Math.sqrt(log / count) >= least[index]);
    }
    return dropped;
  }

  /** Decides about a pair. */
  private interface Keep {
    boolean keeps(int index, double similarity, double count);
  }

  private long drop(Kind kind, Keep keep) {
    long dropped = 0;
    for (long item : shard.columns().items(kind)) {
      Column column = shard.column(kind, item);
      if (column != null && column.size() > 0) {
        double fading = column.fading(items.now());
        double factor = Scorer.coefficient(column, items.now());
        int gone =
            column.keepOnly(
                (index, count) ->
                    keep.keeps(index, factor * count * norm(kind, index), count * fading));
        if (gone > 0) {
          dropped += gone;
          shard.columns().put(kind, item, column);
        }
      }
    }
    return dropped;
  }

  /** The cosine's part of the shard's own item. */
  private double norm(Kind kind, int index) {
    double count = kind == Kind.SIMILARITY ? items.count(index) : items.sequenceCount(index);
    return count > 0 ? 1 / Math.sqrt(count) : 0;
  }

  /** By item of the shard, the similarity of its n-th nearest neighbour; 0 if there are fewer. */
  private double[] least(Kind kind, int n) {
    float[] @Nullable [] similarities = new float[items.size()][];
    int[] sizes = new int[items.size()];
    each(
        kind,
        (index, other, similarity, column, count) -> {
          float[] known = similarities[index];
          if (known == null) {
            known = new float[8];
          } else if (sizes[index] == known.length) {
            known = Arrays.copyOf(known, 2 * known.length);
          }
          known[sizes[index]++] = (float) similarity;
          similarities[index] = known;
        });
    double[] least = new double[items.size()];
    for (int index = 0; index < least.length; index++) {
      float[] known = similarities[index];
      if (known != null && sizes[index] > n) {
        Arrays.sort(known, 0, sizes[index]);
        // One float's rounding below, so that the n-th itself stays.
        least[index] = Math.nextDown(known[sizes[index] - n]);
      }
    }
    return least;
  }

  /** Takes a pair of an item of the shard and any other item. */
  private interface Pairs {
    void pair(int index, long other, double similarity, Column column, double count);
  }

  private void each(Kind kind, Pairs pairs) {
    for (long item : shard.columns().items(kind)) {
      Column column = shard.column(kind, item);
      if (column != null && column.size() > 0) {
        double factor = Scorer.coefficient(column, items.now());
        column.each(
            (index, count) ->
                pairs.pair(index, item, factor * count * norm(kind, index), column, count));
      }
    }
  }

  /** The nearest neighbours by similarity of each of the shard's items, by its number. */
  public Ranking[] neighbours(int most) {
    Ranking.Best[] best = new Ranking.Best[items.size()];
    Arrays.setAll(best, index -> new Ranking.Best(most));
    each(
        Kind.SIMILARITY,
        (index, other, similarity, column, count) -> {
          if (best[index].admits(similarity)) {
            best[index].offer(other, similarity);
          }
        });
    return Arrays.stream(best).map(Ranking.Best::ranking).toArray(Ranking[]::new);
  }

  /** The count of a pair, faded to the newest event. */
  public double pairCount(int index, long other) {
    Column column = shard.column(Kind.SIMILARITY, other);
    return column == null ? 0 : column.at(index) * column.fading(items.now());
  }

  /** The count of any item, faded to the newest event. */
  public double itemCount(long item) {
    Column column = shard.column(Kind.SIMILARITY, item);
    return column == null ? 0 : column.total() * column.fading(items.now());
  }
}
