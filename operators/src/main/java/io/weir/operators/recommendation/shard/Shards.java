package io.weir.operators.recommendation.shard;

/**
 * Deals items to shards, the same way for ever.
 *
 * @param count how many shards there are
 */
public record Shards(int count) {

  public static final int MOST = 1024;

  public Shards {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("shards are from 1 to " + MOST + ", not " + count);
    }
  }

  public int of(long item) {
    long mixed = item * 0x9E3779B97F4A7C15L;
    return (int) ((mixed >>> 33) % count);
  }
}
