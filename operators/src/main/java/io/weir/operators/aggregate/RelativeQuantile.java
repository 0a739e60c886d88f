package io.weir.operators.aggregate;

import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Quantiles by the sketch of Masson, Rim and Lee (DDSketch, VLDB 2019): the values by nearest rank
 * with a relative error of at most 1 %, whatever the order of merging. Counts values in buckets
 * that grow by a constant factor; NaN is ignored, infinite values count as the largest finite ones.
 *
 * <p>Buckets are half as wide as the error allows, since a whole number is rounded as well: 60 must
 * not become 59.
 */
final class RelativeQuantile implements Quantiles {

  private static final double BUCKET_ERROR = 0.005;
  private static final LogarithmicMapping BUCKETS = new LogarithmicMapping(BUCKET_ERROR);
  private static final double SMALLEST = BUCKETS.minIndexableValue();
  private static final double LARGEST = BUCKETS.maxIndexableValue();

  private final int column;
  private final boolean doubles;
  private final BucketCounts negative = new BucketCounts();
  private final BucketCounts positive = new BucketCounts();
  private long zeros;

  RelativeQuantile(int column, ColumnType type) {
    this.column = column;
    this.doubles = type == ColumnType.DOUBLE;
  }

  @Override
  public int add(Row row) {
    return row.isNull(column) ? 0 : add(doubles ? row.doubleAt(column) : row.longAt(column));
  }

  private int add(double value) {
    double size = Math.min(Math.abs(value), LARGEST);
    if (size < SMALLEST) {
      zeros++;
    } else if (value > 0) {
      return positive.add(BUCKETS.index(size));
    } else if (value < 0) {
      return negative.add(BUCKETS.index(size));
    }
    return 0;
  }

  @Override
  public void merge(Accumulator other) {
    RelativeQuantile that = (RelativeQuantile) other;
    positive.merge(that.positive);
    negative.merge(that.negative);
    zeros += that.zeros;
  }

  @Override
  public boolean writeQuantile(BigDecimal q, Row out, int column) {
    long total = negative.total() + zeros + positive.total();
    if (total == 0) {
      out.setNull(column);
    } else if (doubles) {
      out.setDouble(column, valueAt(NearestRank.of(q, total)));
    } else {
      out.setLong(column, Math.round(valueAt(NearestRank.of(q, total))));
    }
    return true;
  }

  /** The value of the bucket that holds the value of a place, from 1 in ascending order. */
  private double valueAt(long place) {
    if (place <= negative.total()) {
      return -BUCKETS.value(negative.bucketAt(negative.total() - place + 1));
    }
    long behind = place - negative.total() - zeros;
    return behind <= 0 ? 0 : BUCKETS.value(positive.bucketAt(behind));
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeLong(zeros);
    negative.write(out);
    positive.write(out);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    zeros = in.readLong();
    negative.read(in);
    positive.read(in);
  }

  @Override
  public long weight() {
    return 64 + negative.weight() + positive.weight();
  }
}
