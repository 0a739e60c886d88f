package io.weir.operators.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Scores the values of one series, one after the other, each by those before it alone. Rows count,
 * not time: values are taken as equally far apart.
 *
 * <p>A score lies in [0, 1). It is s / (1 + s), where s is the mean of what six measures say, in
 * decades of rarity: 0.5 is what a measure shows in one row of ten, 0.67 one of a hundred, 0.75 one
 * of a thousand, if all agree. Scores do not saturate: however rare, rarer scores higher. The sum
 * of logarithms is Fisher's way to join tests (Statistical Methods for Research Workers, 4th
 * edition, 1932, section 21.1); since these measures are not independent, the score orders rows but
 * is no chance.
 *
 * <p>The first {@value TailHistogram#WARM_UP_ROWS} values score 0, and so does one that is not
 * finite: it counts as missing and changes nothing. A constant series scores 0. The state has a
 * fixed size, {@link #STATE_BYTES} when written. Used by one thread; scoring allocates nothing.
 */
public final class AnomalyDetector {

  /** What the state takes when written, for each series and however long it is: about 16 KB. */
  public static final int STATE_BYTES = 1 + Averages.BYTES + Neighbours.BYTES + Onset.BYTES;

  private static final int MEASURES = Averages.MEASURES + 1;

  /** So that no square, and no difference, of values is infinite. */
  private static final double LARGEST = 1e150;

  private boolean started;
  private final Averages averages = new Averages();
  private final Neighbours neighbours = new Neighbours();
  private final Onset onset = new Onset();

  /** A detector that has seen nothing. */
  public AnomalyDetector() {}

  /**
   * Scores a value, then learns it.
   *
   * @param value beyond 1e150, either way, it counts as that; not finite: missing
   * @return from 0, nothing unusual, up to but never 1
   */
  public double score(double value) {
    if (!Double.isFinite(value)) {
      return 0;
    }
    double bounded = Math.max(-LARGEST, Math.min(LARGEST, value));
    if (!started) {
      averages.start(bounded);
      started = true;
    }
    double sum = averages.surprise(bounded) + neighbours.surprise(bounded);
    double surprise = onset.damp(sum / MEASURES);
    return surprise / (1 + surprise);
  }

  /** Writes the state, {@link #STATE_BYTES} long. */
  void write(DataOutput out) throws IOException {
    out.writeBoolean(started);
    averages.write(out);
    neighbours.write(out);
    onset.write(out);
  }

  /** Takes over a state that was written. */
  void read(DataInput in) throws IOException {
    started = in.readBoolean();
    averages.read(in);
    neighbours.read(in);
    onset.read(in);
  }

  /** Takes over another's state; the two stay apart. */
  void copyFrom(AnomalyDetector other) {
    started = other.started;
    averages.copyFrom(other.averages);
    neighbours.copyFrom(other.neighbours);
    onset.copyFrom(other.onset);
  }
}
