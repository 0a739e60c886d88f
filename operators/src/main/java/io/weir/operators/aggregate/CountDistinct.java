package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The exact number of different values; memory grows with them. */
final class CountDistinct implements Accumulator {

  private final ValueCounts<?> values;

  CountDistinct(ValueCounts<?> values) {
    this.values = values;
  }

  @Override
  public int add(Row row) {
    return values.add(row);
  }

  @Override
  public void merge(Accumulator other) {
    values.merge(((CountDistinct) other).values);
  }

  @Override
  public boolean writeResult(Row out, int column) {
    out.setLong(column, values.distinct());
    return true;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    values.write(out);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    values.read(in);
  }

  @Override
  public long weight() {
    return values.weight();
  }
}
