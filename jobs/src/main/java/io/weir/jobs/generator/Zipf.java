package io.weir.jobs.generator;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ranks from 0 whose frequencies fall as {@code (rank + 1) ^ -exponent}, drawn in constant time by
 * an alias table (Vose: A Linear Algorithm for Generating Random Numbers with a Given Distribution,
 * IEEE TSE 17:9, 1991).
 */
final class Zipf {

  /** For each slot, which share of it belongs to its own rank, as a fraction of 2^63. */
  private final long[] own;

  /** Whose the rest of the slot is. */
  private final int[] alias;

  Zipf(int ranks, double exponent) {
    own = new long[ranks];
    alias = new int[ranks];
    fill(shares(ranks, exponent));
  }

  /** Each rank's frequency, as a multiple of the mean frequency. */
  private static double[] shares(int ranks, double exponent) {
    double[] shares = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      shares[rank] = StrictMath.pow(rank + 1, -exponent);
      sum += shares[rank];
    }
    for (int rank = 0; rank < ranks; rank++) {
      shares[rank] *= ranks / sum;
    }
    return shares;
  }

  private void fill(double[] shares) {
    Deque<Integer> small = new ArrayDeque<>();
    Deque<Integer> large = new ArrayDeque<>();
    for (int rank = 0; rank < shares.length; rank++) {
      (shares[rank] < 1 ? small : large).add(rank);
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int poor = small.remove();
      int rich = large.remove();
      own[poor] = (long) (shares[poor] * 0x1.0p63);
      alias[poor] = rich;
      shares[rich] -= 1 - shares[poor];
      (shares[rich] < 1 ? small : large).add(rich);
    }
    // What is left has a full slot, up to rounding.
    small.forEach(this::keepWhole);
    large.forEach(this::keepWhole);
  }

  private void keepWhole(int rank) {
    own[rank] = Long.MAX_VALUE;
    alias[rank] = rank;
  }

  /**
   * Draws a rank.
   *
   * @param bits random ones: the upper end chooses the slot, the rest the share of it
   */
  int rank(long bits) {
    int slot = (int) Mix.below(bits, own.length);
    long rest = (bits * own.length) >>> 1;
    return rest < own[slot] ? slot : alias[slot];
  }
}
