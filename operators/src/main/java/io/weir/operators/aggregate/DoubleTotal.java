package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The sum or mean of a DOUBLE column. A second number collects what rounding cut off (A. Neumaier,
 * Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, 1974), so the order of
 * rows and merges shows in the last bits at most; it does show there.
 */
final class DoubleTotal implements Accumulator {

  private final int column;
  private final boolean mean;
  private double sum;
  private double cutOff;
  private long count;

  DoubleTotal(int column, boolean mean) {
    this.column = column;
    this.mean = mean;
  }

  @Override
  public int add(Row row) {
    if (!row.isNull(column)) {
      plus(row.doubleAt(column));
      count++;
    }
    return 0;
  }

  private void plus(double value) {
    double next = sum + value;
    cutOff += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }

  @Override
  public void merge(Accumulator other) {
    DoubleTotal that = (DoubleTotal) other;
    plus(that.sum);
    cutOff += that.cutOff;
    count += that.count;
  }

  @Override
  public boolean writeResult(Row out, int column) {
    if (count == 0) {
      out.setNull(column);
    } else {
      out.setDouble(column, mean ? total() / count : total());
    }
    return true;
  }

  private double total() {
    // Infinity minus itself is no number: once the sum is not finite, the rest says nothing.
    return Double.isFinite(sum) ? sum + cutOff : sum;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeDouble(sum);
    out.writeDouble(cutOff);
    out.writeLong(count);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    sum = in.readDouble();
    cutOff = in.readDouble();
    count = in.readLong();
  }

  @Override
  public long weight() {
    return 48;
  }
}
