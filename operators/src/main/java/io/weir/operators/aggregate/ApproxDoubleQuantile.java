package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A quantile of a DOUBLE column by the sketch of Karnin, Lang and Liberty (FOCS 2016); NaN is
 * ignored. The sketch draws random numbers, so results differ within the error from run to run.
 */
final class ApproxDoubleQuantile implements Accumulator {

  private final int column;
  private final double q;
  private KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(400);

  ApproxDoubleQuantile(int column, double q) {
    this.column = column;
    this.q = q;
  }

  @Override
  public int add(Row row) {
    if (row.isNull(column)) {
      return 0;
    }
    long before = weight();
    sketch.update(row.doubleAt(column));
    return (int) (weight() - before);
  }

  @Override
  public void merge(Accumulator other) {
    sketch.merge(((ApproxDoubleQuantile) other).sketch);
  }

  @Override
  public boolean writeResult(Row out, int column) {
    if (sketch.isEmpty()) {
      out.setNull(column);
    } else {
      out.setDouble(column, sketch.getQuantile(q, QuantileSearchCriteria.INCLUSIVE));
    }
    return true;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    Blobs.write(sketch.toByteArray(), out);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    sketch = KllDoublesSketch.heapify(Memory.wrap(Blobs.read(in)));
  }

  @Override
  public long weight() {
    return 256 + (long) sketch.getNumRetained() * Long.BYTES;
  }
}
