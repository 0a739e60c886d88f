package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The least or greatest value of a column that is 64 bits wide. */
final class NumberExtreme implements Accumulator {

  private final int column;
  private final boolean doubles;
  private final boolean max;
  private boolean present;
  private long extreme;

  NumberExtreme(int column, boolean doubles, boolean max) {
    this.column = column;
    this.doubles = doubles;
    this.max = max;
  }

  @Override
  public int add(Row row) {
    if (!row.isNull(column)) {
      offer(doubles ? Doubles.toSortable(row.doubleAt(column)) : row.longAt(column));
    }
    return 0;
  }

  private void offer(long value) {
    if (!present || (max ? value > extreme : value < extreme)) {
      extreme = value;
      present = true;
    }
  }

  @Override
  public void merge(Accumulator other) {
    NumberExtreme that = (NumberExtreme) other;
    if (that.present) {
      offer(that.extreme);
    }
  }

  @Override
  public boolean writeResult(Row out, int column) {
    if (!present) {
      out.setNull(column);
    } else if (doubles) {
      out.setDouble(column, Doubles.fromSortable(extreme));
    } else {
      out.setLong(column, extreme);
    }
    return true;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeBoolean(present);
    out.writeLong(extreme);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    present = in.readBoolean();
    extreme = in.readLong();
  }

  @Override
  public long weight() {
    return 32;
  }
}
