package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Counts rows, or the values of one column that are not null. */
final class Count implements Accumulator {

  /** Stands for a column: count rows. */
  static final int ROWS = -1;

  private final int column;
  private long count;

  Count(int column) {
    this.column = column;
  }

  @Override
  public int add(Row row) {
    if (column == ROWS || !row.isNull(column)) {
      count++;
    }
    return 0;
  }

  @Override
  public void merge(Accumulator other) {
    count += ((Count) other).count;
  }

  @Override
  public boolean writeResult(Row out, int column) {
    out.setLong(column, count);
    return true;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeLong(count);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    count = in.readLong();
  }

  @Override
  public long weight() {
    return 24;
  }
}
