package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The most frequent values with exact counts; memory grows with the different values. */
final class Top implements Accumulator {

  private final ValueCounts<?> values;
  private final ColumnType type;
  private final int length;

  Top(ValueCounts<?> values, ColumnType type, int length) {
    this.values = values;
    this.type = type;
    this.length = length;
  }

  @Override
  public int add(Row row) {
    return values.add(row);
  }

  @Override
  public void merge(Accumulator other) {
    values.merge(((Top) other).values);
  }

  @Override
  public boolean writeResult(Row out, int column) {
    return writeResult(out, column, 0);
  }

  @Override
  public boolean writeResult(Row out, int column, int other) {
    out.setText(column, TopJson.write(ranked(values, other == 0 ? length : other), type));
    return true;
  }

  private static <V extends Comparable<V>> List<Ranking.Entry<V>> ranked(
      ValueCounts<V> counts, int length) {
    Ranking<V> ranking = new Ranking<>(length);
    counts.forEach(ranking::offer);
    return ranking.sorted();
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
