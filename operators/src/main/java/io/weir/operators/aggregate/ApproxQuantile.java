package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.datasketches.kll.KllLongsSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A quantile by the sketch of Karnin, Lang and Liberty (FOCS 2016). DOUBLE values are kept in the
 * form of {@link Doubles}: the sketch only compares. It draws random numbers, so results differ
 * within the error from run to run. NaN is ignored.
 */
final class ApproxQuantile implements Accumulator {

  private final int column;
  private final boolean doubles;
  private final double q;
  private KllLongsSketch sketch = KllLongsSketch.newHeapInstance(400);

  ApproxQuantile(int column, ColumnType type, double q) {
    this.column = column;
    this.doubles = type == ColumnType.DOUBLE;
    this.q = q;
  }

  @Override
  public int add(Row row) {
    if (row.isNull(column) || (doubles && Double.isNaN(row.doubleAt(column)))) {
      return 0;
    }
    long before = weight();
    sketch.update(doubles ? Doubles.toSortable(row.doubleAt(column)) : row.longAt(column));
    return (int) (weight() - before);
  }

  @Override
  public void merge(Accumulator other) {
    sketch.merge(((ApproxQuantile) other).sketch);
  }

  @Override
  public boolean writeResult(Row out, int column) {
    if (sketch.isEmpty()) {
      out.setNull(column);
    } else if (doubles) {
      out.setDouble(column, Doubles.fromSortable(result()));
    } else {
      out.setLong(column, result());
    }
    return true;
  }

  private long result() {
    return sketch.getQuantile(q, QuantileSearchCriteria.INCLUSIVE);
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    Blobs.write(sketch.toByteArray(), out);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    sketch = KllLongsSketch.heapify(Memory.wrap(Blobs.read(in)));
  }

  @Override
  public long weight() {
    return 256 + (long) sketch.getNumRetained() * Long.BYTES;
  }
}
