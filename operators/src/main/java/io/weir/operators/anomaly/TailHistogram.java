package io.weir.operators.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Says how rarely a measure has been as large as now: the negative decimal logarithm of the chance,
 * by what was seen before. That is the rank of a conformal detector (Laxhammar and Falkman,
 * Conformal Prediction for Distribution-Independent Anomaly Detection in Streaming Vessel Data,
 * 2010), with two additions:
 *
 * <ul>
 *   <li>Beyond the largest hundredth, where ranks tell little, the chance falls as a power of the
 *       size (Weissman, Estimation of Parameters and Large Quantiles Based on the k Largest
 *       Observations, 1978), the exponent being Hill's (A Simple General Approach to Inference
 *       About the Tail of a Distribution, 1975).
 *   <li>What is older counts less, by forward decay (Cormode et al., Forward Decay: A Practical
 *       Time Decay Model for Streaming Systems, 2009): after {@value #HORIZON_ROWS} rows, 1/e.
 * </ul>
 *
 * <p>Magnitudes are counted in bins of a quarter of an octave, as sketches with a relative error do
 * (Masson et al., DDSketch, 2019). The bins span 64 octaves below the largest magnitude so far,
 * whatever its unit; what is smaller counts as zero. Used by one thread; allocates nothing.
 */
final class TailHistogram {

  /** What the state takes when written. */
  static final int BYTES = 4 + 4 + 8 + 8 + 4 * TailHistogram.BINS;

  /** So many rows are only learned from. */
  static final int WARM_UP_ROWS = 100;

  private static final int HORIZON_ROWS = 4096;
  private static final double TAIL = 0.01;

  private static final int BINS = 256;
  private static final double BINS_PER_E = 4 / Math.log(2);
  private static final double DECADES_PER_E = 1 / Math.log(10);

  /** The top of a histogram without any magnitude. */
  private static final int EMPTY = Integer.MIN_VALUE;

  /** Free bins above the largest magnitude, so that a growing one seldom moves all others. */
  private static final int HEADROOM = 16;

  /** The mean excess of a tail that lies within one bin. */
  private static final double SMALLEST_EXCESS = 0.5;

  private static final double GROWTH = Math.exp(1.0 / HORIZON_ROWS);

  /** Far from a float's limit, and so far from 1 that the masses are seldom scaled. */
  private static final double LARGEST_WEIGHT = 1e15;

  private int rows;
  private int top = EMPTY;
  private double weight = 1;
  private double total;
  private final float[] masses = new float[BINS];

  // Where the tail begins, what it holds, and the sum of its places: valid within one call.
  private int tailStart;
  private double tailMass;
  private double tailMoment;

  /**
   * Judges a magnitude by the earlier ones, then learns it.
   *
   * @param magnitude finite, not negative
   * @return decades of rarity, from 0; 0 during the warm-up
   */
  double surprise(double magnitude) {
    if (magnitude <= 0) {
      learn(0);
      return 0;
    }
    double quarterOctaves = Math.log(magnitude) * BINS_PER_E;
    double surprise = rows < WARM_UP_ROWS ? 0 : Math.max(0, decades(place(quarterOctaves)));
    makeRoom((int) Math.floor(quarterOctaves));
    learn((int) place(quarterOctaves));
    return surprise;
  }

  /** The bin, and how far into it: 0 where it lies below all, beyond the last where above. */
  private double place(double quarterOctaves) {
    return Math.max(0, quarterOctaves - top + BINS - 1);
  }

  private void makeRoom(int quarterOctave) {
    if (quarterOctave > top) {
      int newTop = quarterOctave + HEADROOM;
      moveDown(top == EMPTY ? 0 : Math.min(BINS - 1, newTop - top));
      top = newTop;
    }
  }

  private void moveDown(int bins) {
    for (int bin = 1; bin < BINS && bins > 0; bin++) {
      float mass = masses[bin];
      masses[bin] = 0;
      masses[Math.max(0, bin - bins)] += mass;
    }
  }

  private double decades(double place) {
    if (place < 1) {
      return 0;
    }
    findTail();
    double seen = total / weight;
    if (tailMass == 0 || place < tailStart) {
      return -Math.log10((massFrom(place) / weight + 1) / (seen + 1));
    }
    double excess = Math.max(SMALLEST_EXCESS, tailMoment / tailMass - tailStart);
    double beyond = (place - tailStart) / excess * DECADES_PER_E;
    return beyond - Math.log10((tailMass / weight + 1) / (seen + 1));
  }

  /**
   * As many of the largest bins as hold a hundredth of all mass, but at least one that holds any.
   */
  private void findTail() {
    tailStart = BINS;
    tailMass = 0;
    tailMoment = 0;
    double most = TAIL * total;
    for (int bin = BINS - 1; bin > 0; bin--) {
      float mass = masses[bin];
      if (mass > 0) {
        if (tailMass > 0 && tailMass + mass > most) {
          return;
        }
        tailStart = bin;
        tailMass += mass;
        tailMoment += mass * (bin + 0.5);
      }
    }
  }

  private double massFrom(double place) {
    int own = (int) place;
    if (own >= BINS) {
      return 0;
    }
    double above = masses[own] * (1 - (place - own));
    for (int bin = own + 1; bin < BINS; bin++) {
      above += masses[bin];
    }
    return above;
  }

  private void learn(int bin) {
    rows = Math.min(WARM_UP_ROWS, rows + 1);
    weight *= GROWTH;
    masses[bin] += (float) weight;
    total += weight;
    if (weight > LARGEST_WEIGHT) {
      scaleDown();
    }
  }

  private void scaleDown() {
    for (int bin = 0; bin < BINS; bin++) {
      masses[bin] = (float) (masses[bin] / weight);
    }
    total /= weight;
    weight = 1;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(rows);
    out.writeInt(top);
    out.writeDouble(weight);
    out.writeDouble(total);
    for (float mass : masses) {
      out.writeFloat(mass);
    }
  }

  void read(DataInput in) throws IOException {
    rows = in.readInt();
    top = in.readInt();
    weight = in.readDouble();
    total = in.readDouble();
    for (int bin = 0; bin < BINS; bin++) {
      masses[bin] = in.readFloat();
    }
  }

  void copyFrom(TailHistogram other) {
    rows = other.rows;
    top = other.top;
    weight = other.weight;
    total = other.total;
    System.arraycopy(other.masses, 0, masses, 0, BINS);
  }
}
