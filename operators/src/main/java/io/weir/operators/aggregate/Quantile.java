package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Exact quantiles by nearest rank; memory grows with the number of different values. */
final class Quantile implements Quantiles {

  private final BitsCounts values;
  private final boolean doubles;

  Quantile(BitsCounts values, boolean doubles) {
    this.values = values;
    this.doubles = doubles;
  }

  @Override
  public int add(Row row) {
    return values.add(row);
  }

  @Override
  public void merge(Accumulator other) {
    values.merge(((Quantile) other).values);
  }

  @Override
  public boolean writeQuantile(BigDecimal q, Row out, int column) {
    long total = values.total();
    if (total == 0) {
      out.setNull(column);
    } else if (doubles) {
      out.setDouble(column, Doubles.fromSortable(values.valueAt(NearestRank.of(q, total))));
    } else {
      out.setLong(column, values.valueAt(NearestRank.of(q, total)));
    }
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
