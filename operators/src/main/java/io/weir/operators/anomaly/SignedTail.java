package io.weir.operators.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Judges a measure that goes both ways, each way by itself: where a series only ever jumps up, a
 * small jump down is rare.
 */
final class SignedTail {

  /** What the state takes when written. */
  static final int BYTES = 2 * TailHistogram.BYTES;

  private final TailHistogram upward = new TailHistogram();
  private final TailHistogram downward = new TailHistogram();

  /** As {@link TailHistogram#surprise}, for a finite number of either sign. */
  double surprise(double deviation) {
    return Math.max(
        upward.surprise(Math.max(0, deviation)), downward.surprise(Math.max(0, -deviation)));
  }

  void write(DataOutput out) throws IOException {
    upward.write(out);
    downward.write(out);
  }

  void read(DataInput in) throws IOException {
    upward.read(in);
    downward.read(in);
  }

  void copyFrom(SignedTail other) {
    upward.copyFrom(other.upward);
    downward.copyFrom(other.downward);
  }
}
