package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** The first or last text of a column in the order of UTF-16 units. */
final class TextExtreme implements Accumulator {

  private final int column;
  private final boolean max;
  private @Nullable String extreme;

  TextExtreme(int column, boolean max) {
    this.column = column;
    this.max = max;
  }

  @Override
  public int add(Row row) {
    if (row.isNull(column)) {
      return 0;
    }
    long before = weight();
    offer(row.textAt(column));
    return (int) (weight() - before);
  }

  private void offer(String value) {
    if (extreme == null || (max ? value.compareTo(extreme) > 0 : value.compareTo(extreme) < 0)) {
      extreme = value;
    }
  }

  @Override
  public void merge(Accumulator other) {
    TextExtreme that = (TextExtreme) other;
    if (that.extreme != null) {
      offer(that.extreme);
    }
  }

  @Override
  public boolean writeResult(Row out, int column) {
    if (extreme == null) {
      out.setNull(column);
    } else {
      out.setText(column, extreme);
    }
    return true;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    StringValue.writeString(extreme, out);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    extreme = StringValue.readString(in);
  }

  @Override
  public long weight() {
    return 24L + (extreme == null ? 0 : TextCounts.weight(extreme));
  }
}
