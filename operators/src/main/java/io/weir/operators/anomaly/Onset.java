package io.weir.operators.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Lets the beginning of something unusual stand out from its going on: for 100 rows after a peak,
 * what does not exceed it counts half. One event is thus told once, unless it grows. That is the
 * suppression of non-maxima, backwards in time only.
 */
final class Onset {

  /** What the state takes when written. */
  static final int BYTES = 8 + 4;

  private static final int HOLD_ROWS = 100;
  private static final double DAMPING = 0.5;

  private double peak;
  private int rowsSince;

  double damp(double surprise) {
    rowsSince++;
    if (rowsSince > HOLD_ROWS) {
      peak = 0;
      rowsSince = HOLD_ROWS;
    }
    if (surprise <= peak) {
      return surprise * DAMPING;
    }
    peak = surprise;
    rowsSince = 0;
    return surprise;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(peak);
    out.writeInt(rowsSince);
  }

  void read(DataInput in) throws IOException {
    peak = in.readDouble();
    rowsSince = in.readInt();
  }

  void copyFrom(Onset other) {
    peak = other.peak;
    rowsSince = other.rowsSince;
  }
}
