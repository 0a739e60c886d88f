package io.weir.operators.routing.select;

/**
 * For records that have keys: the one of two channels, which are always the same for a key, that
 * this sender has sent fewer records to (partial key grouping: Nasir et al., <i>The Power of Both
 * Choices</i>, ICDE 2015). For one thread.
 *
 * <p>Cost: a multiplication and some shifts for each of the two channels, two reads.
 *
 * <p>Imbalance: a key of share p gives each of its channels about p/2, where one channel would have
 * all of it. While no key has more than 2/n of the records, n channels can be even; the paper
 * proves an imbalance of O(m/n) after m records for keys that are less hot than that, and measures
 * far smaller ones.
 */
public final class TwoChoices {

  private final long[] sent;
  private long splits;

  public TwoChoices(int channels) {
    sent = new long[channels];
  }

  /** The channel that a key always goes to where keys are not split. */
  public static int first(int hash, int channels) {
    return scaled(mixed(hash) >>> 32, channels);
  }

  /**
   * The channel of a record.
   *
   * @param hash of its key
   */
  public int next(int hash) {
    int channels = sent.length;
    if (channels == 1) {
      return 0;
    }
    long mixed = mixed(hash);
    int first = scaled(mixed >>> 32, channels);
    int second = first + 1 + scaled(mixed & 0xFFFF_FFFFL, channels - 1);
    second = second >= channels ? second - channels : second;
    return send(first, second);
  }

  private int send(int first, int second) {
    int channel = first;
    if (sent[second] < sent[first]) {
      channel = second;
      splits++;
    }
    sent[channel]++;
    return channel;
  }

  /** How many records did not go to their key's first channel. */
  public long splits() {
    return splits;
  }

  private static int scaled(long bits, int bound) {
    return (int) ((bits * bound) >>> 32);
  }

  // The finalizer of SplitMix64 (Steele, Lea, Flood 2014): key hashes are often small numbers.
  private static long mixed(int hash) {
    long z = hash * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
