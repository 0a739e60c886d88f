package io.weir.operators.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How unlike the last 16 values are to every stretch of 16 among the 528 before them: the mean
 * distance to the three nearest (Burnaev and Ishimtsev, Conformalized Density- and Distance-Based
 * Anomaly Detection in Time-Series Data, 2016, KNN-CAD; here with the Euclidean distance). It finds
 * shapes that no single value gives away, and knows what a periodic series does again and again.
 */
final class Neighbours {

  private static final int LENGTH = 16;
  private static final int CANDIDATES = 512;
  private static final int NEAREST = 3;
  private static final int CAPACITY = CANDIDATES + 2 * LENGTH;

  /** With fewer values there is nothing to compare with. */
  private static final int FEWEST = 2 * LENGTH + 20;

  /** What the state takes when written. */
  static final int BYTES = 4 + 8 * CAPACITY + TailHistogram.BYTES;

  /** The values so far, counted up to the capacity's double, then on from the capacity. */
  private int count;

  // Each value stands twice, a capacity apart: whichever came last, those before it lie in a row.
  private final double[] values = new double[2 * CAPACITY];
  private final TailHistogram tail = new TailHistogram();
  private final double[] nearest = new double[NEAREST];

  /** What the measure says of a value; 0 while there are too few. */
  double surprise(double value) {
    add(value);
    return count < FEWEST ? 0 : tail.surprise(distance());
  }

  private void add(double value) {
    int slot = count % CAPACITY;
    values[slot] = value;
    values[slot + CAPACITY] = value;
    count = count + 1 == 2 * CAPACITY ? CAPACITY : count + 1;
  }

  private double distance() {
    int held = Math.min(count, CAPACITY);
    int first = count < CAPACITY ? 0 : count - CAPACITY;
    int last = first + held - LENGTH;
    Arrays.fill(nearest, Double.MAX_VALUE);
    for (int start = first; start + LENGTH <= last; start++) {
      keepNearest(squares(start, last, nearest[NEAREST - 1]));
    }
    double sum = 0;
    for (double square : nearest) {
      sum += Math.sqrt(square);
    }
    return sum / NEAREST;
  }

  /** The squared distance of two stretches; given up where it reaches the limit. */
  private double squares(int start, int last, double limit) {
    double sum = 0;
    for (int i = 0; i < LENGTH && sum < limit; i++) {
      double difference = values[start + i] - values[last + i];
      sum += difference * difference;
    }
    return sum;
  }

  private void keepNearest(double square) {
    int place = NEAREST - 1;
    if (square >= nearest[place]) {
      return;
    }
    while (place > 0 && nearest[place - 1] > square) {
      nearest[place] = nearest[place - 1];
      place--;
    }
    nearest[place] = square;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(count);
    for (int slot = 0; slot < CAPACITY; slot++) {
      out.writeDouble(values[slot]);
    }
    tail.write(out);
  }

  void read(DataInput in) throws IOException {
    count = in.readInt();
    for (int slot = 0; slot < CAPACITY; slot++) {
      values[slot] = in.readDouble();
      values[slot + CAPACITY] = values[slot];
    }
    tail.read(in);
  }

  void copyFrom(Neighbours other) {
    count = other.count;
    System.arraycopy(other.values, 0, values, 0, values.length);
    tail.copyFrom(other.tail);
  }
}
