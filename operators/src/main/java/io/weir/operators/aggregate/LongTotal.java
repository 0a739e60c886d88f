package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The exact sum or mean of a LONG column. The sum is a 128-bit two's complement number, which 2^64
 * rows cannot overflow; a sum that does not fit a long at the end has no result, while one that
 * merely passes through such a value does.
 */
final class LongTotal implements Accumulator {

  /** Whole numbers up to here are doubles. */
  private static final long MAX_EXACT = 1L << 53;

  private final int column;
  private final boolean mean;
  private long high;
  private long low;
  private long count;

  LongTotal(int column, boolean mean) {
    this.column = column;
    this.mean = mean;
  }

  @Override
  public int add(Row row) {
    if (!row.isNull(column)) {
      long value = row.longAt(column);
      plus(value >> 63, value);
      count++;
    }
    return 0;
  }

  private void plus(long otherHigh, long otherLow) {
    low += otherLow;
    long carry = Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0;
    high += otherHigh + carry;
  }

  @Override
  public void merge(Accumulator other) {
    LongTotal that = (LongTotal) other;
    plus(that.high, that.low);
    count += that.count;
  }

  @Override
  public boolean writeResult(Row out, int column) {
    if (count == 0) {
      out.setNull(column);
      return true;
    }
    return mean ? writeMean(out, column) : writeSum(out, column);
  }

  private boolean writeSum(Row out, int column) {
    if (!fits()) {
      out.setNull(column);
      return false;
    }
    out.setLong(column, low);
    return true;
  }

  private boolean writeMean(Row out, int column) {
    boolean exact = fits() && low >= -MAX_EXACT && low <= MAX_EXACT && count <= MAX_EXACT;
    // IEEE 754: the quotient of two exact doubles is the double nearest to the true one.
    out.setDouble(column, exact ? (double) low / count : largeMean());
    return true;
  }

  private double largeMean() {
    BigInteger sum =
        BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    return new BigDecimal(sum)
        .divide(BigDecimal.valueOf(count), MathContext.DECIMAL128)
        .doubleValue();
  }

  private boolean fits() {
    return high == low >> 63;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeLong(high);
    out.writeLong(low);
    out.writeLong(count);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    high = in.readLong();
    low = in.readLong();
    count = in.readLong();
  }

  @Override
  public long weight() {
    return 48;
  }
}
