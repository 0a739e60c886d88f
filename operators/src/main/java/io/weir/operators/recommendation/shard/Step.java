package io.weir.operators.recommendation.shard;

import io.weir.operators.recommendation.model.History;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;

/**
 * A user's action, as the shards learn from it.
 *
 * @param item that the user acted on
 * @param isNew whether the user did not act on it before, as far as is remembered
 * @param gain by how much the user's weight for it grows; 0 if it does not
 * @param timeMillis of the event
 * @param past the user's other items: all of them for the shard of the item, for another shard at
 *     least those that are its own
 * @param growth by how much the counts of pairs of the item and {@code past} grow
 * @param recent the user's latest items before the action, the latest one first
 * @param recentWeights the user's weights for them
 */
public record Step(
    long item,
    boolean isNew,
    int gain,
    long timeMillis,
    long[] past,
    int[] growth,
    long[] recent,
    int[] recentWeights) {

  /** What an action would teach, done by a user of this history; it is not added. */
  public static Step of(
      History history, long item, int weight, long timeMillis, Learning learning, Scoring scoring) {
    int known = history.weightOf(item);
    int raised = Math.max(known, weight);
    int recent = Math.max(scoring.recent(), learning.sequenceSteps());
    return new Step(
        item,
        known == 0,
        raised - known,
        timeMillis,
        history.itemsBut(item),
        history.growth(item, known, raised, learning.pairs()),
        history.latestItems(recent),
        history.latestWeights(recent));
  }

  /** The same step with some of the other items. */
  public Step withPast(long[] some, int[] theirGrowth) {
    return new Step(item, isNew, gain, timeMillis, some, theirGrowth, recent, recentWeights);
  }

  /** The latest items behind the action, of which the item is the first one. */
  public long[] recentAfter() {
    int known = place(item);
    long[] after = new long[known < 0 ? recent.length + 1 : recent.length];
    after[0] = item;
    for (int from = 0, to = 1; to < after.length; from++) {
      if (from != known) {
        after[to++] = recent[from];
      }
    }
    return after;
  }

  /** The weights of {@link #recentAfter}. */
  public int[] recentWeightsAfter(int weight) {
    int known = place(item);
    int[] after = new int[known < 0 ? recent.length + 1 : recent.length];
    after[0] = weight;
    for (int from = 0, to = 1; to < after.length; from++) {
      if (from != known) {
        after[to++] = recentWeights[from];
      }
    }
    return after;
  }

  private int place(long item) {
    int place = recent.length - 1;
    while (place >= 0 && recent[place] != item) {
      place--;
    }
    return place;
  }
}
