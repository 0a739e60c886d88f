package io.weir.operators.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How far a value lies from where the series was (Roberts, Control Chart Tests Based on Geometric
 * Moving Averages, 1959), at three speeds: averages over about 3, 33 and 333 rows. The deviation
 * from each finds spikes; the difference between neighbouring averages, a shift of the level, which
 * lasts longer than the noise of single rows.
 */
final class Averages {

  private static final double[] RATES = {0.3, 0.03, 0.003};

  /** How many measures there are. */
  static final int MEASURES = 2 * RATES.length - 1;

  /** What the state takes when written. */
  static final int BYTES = 8 * RATES.length + MEASURES * SignedTail.BYTES;

  private final double[] averages = new double[RATES.length];
  private final SignedTail[] deviations = tails(RATES.length);
  private final SignedTail[] shifts = tails(RATES.length - 1);

  private static SignedTail[] tails(int count) {
    SignedTail[] tails = new SignedTail[count];
    for (int i = 0; i < count; i++) {
      tails[i] = new SignedTail();
    }
    return tails;
  }

  /** Begins a series with its first value. */
  void start(double value) {
    Arrays.fill(averages, value);
  }

  /** The sum of what the measures say. */
  double surprise(double value) {
    double sum = 0;
    for (int i = 0; i < averages.length; i++) {
      double deviation = value - averages[i];
      sum += deviations[i].surprise(deviation);
      averages[i] += RATES[i] * deviation;
    }
    for (int i = 0; i < shifts.length; i++) {
      sum += shifts[i].surprise(averages[i] - averages[i + 1]);
    }
    return sum;
  }

  void write(DataOutput out) throws IOException {
    for (int i = 0; i < averages.length; i++) {
      out.writeDouble(averages[i]);
      deviations[i].write(out);
    }
    for (SignedTail shift : shifts) {
      shift.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    for (int i = 0; i < averages.length; i++) {
      averages[i] = in.readDouble();
      deviations[i].read(in);
    }
    for (SignedTail shift : shifts) {
      shift.read(in);
    }
  }

  void copyFrom(Averages other) {
    System.arraycopy(other.averages, 0, averages, 0, averages.length);
    for (int i = 0; i < deviations.length; i++) {
      deviations[i].copyFrom(other.deviations[i]);
    }
    for (int i = 0; i < shifts.length; i++) {
      shifts[i].copyFrom(other.shifts[i]);
    }
  }
}
