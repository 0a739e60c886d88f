package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.datasketches.hll.Union;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The number of different values by HyperLogLog with 2^14 registers: relative standard error below
 * 1 %. The registers do not depend on the order of rows and merges; nor does the result, as it is
 * estimated from the registers alone and not from the order in which they changed.
 */
final class ApproxCountDistinct implements Accumulator {

  private static final int LOG2_REGISTERS = 14;
  // The sketch takes no empty text; any fixed number stands for it.
  private static final long EMPTY_TEXT = 0x5EED_0F_E4917L;

  private final int column;
  private final ColumnType type;
  private Union sketch = new Union(LOG2_REGISTERS);

  ApproxCountDistinct(int column, ColumnType type) {
    this.column = column;
    this.type = type;
  }

  @Override
  public int add(Row row) {
    if (row.isNull(column)) {
      return 0;
    }
    long before = weight();
    if (type.isText()) {
      addText(row.textAt(column));
    } else if (type == ColumnType.DOUBLE) {
      sketch.update(row.doubleAt(column));
    } else {
      sketch.update(row.longAt(column));
    }
    return (int) (weight() - before);
  }

  private void addText(String text) {
    if (text.isEmpty()) {
      sketch.update(EMPTY_TEXT);
    } else {
      sketch.update(text);
    }
  }

  @Override
  public void merge(Accumulator other) {
    sketch.update(((ApproxCountDistinct) other).sketch.getResult());
    settle();
  }

  // A union puts off some sums after a merge; done here, later reads change nothing.
  private double settle() {
    return sketch.getCompositeEstimate();
  }

  @Override
  public boolean writeResult(Row out, int column) {
    out.setLong(column, Math.round(settle()));
    return true;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    Blobs.write(sketch.toCompactByteArray(), out);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    sketch = Union.heapify(Blobs.read(in));
    settle();
  }

  @Override
  public long weight() {
    return 128L + sketch.getUpdatableSerializationBytes();
  }
}
