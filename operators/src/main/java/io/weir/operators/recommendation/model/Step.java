package io.weir.operators.recommendation.model;

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
