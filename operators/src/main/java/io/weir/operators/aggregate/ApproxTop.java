package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The most frequent values by the frequent-items sketch (Anderson et al., IMC 2017) with at most
 * 4,096 counters. A count is an upper bound, too high by at most 3.5 / 4,096 of the number of
 * values; every value more frequent than that error is in the list if the list is long enough. Up
 * to 3,072 different values it is exact.
 */
final class ApproxTop implements Accumulator {

  private static final int MAX_MAP_SIZE = 4096;
  private static final int COUNTER_BYTES = 80;
  // What a written sketch has of each item beside its text: the count and the text's length.
  private static final int WRITTEN_BYTES = Long.BYTES + Integer.BYTES;
  private static final ArrayOfStringsSerDe TEXTS = new ArrayOfStringsSerDe();

  private final int column;
  private final ColumnType type;
  private final int length;
  private ItemsSketch<String> sketch = new ItemsSketch<>(MAX_MAP_SIZE);
  private long textBytes;

  ApproxTop(int column, ColumnType type, int length) {
    this.column = column;
    this.type = type;
    this.length = length;
  }

  @Override
  public int add(Row row) {
    if (row.isNull(column)) {
      return 0;
    }
    long before = weight();
    int counters = sketch.getNumActiveItems();
    String item = type.isText() ? row.textAt(column) : Long.toString(bits(row));
    sketch.update(item);
    if (sketch.getNumActiveItems() > counters) {
      textBytes += item.length();
    } else {
      shrink(counters);
    }
    return (int) (weight() - before);
  }

  // The sketch drops many counters at once, and does not say which.
  private void shrink(int counters) {
    int left = sketch.getNumActiveItems();
    if (left < counters) {
      textBytes = textBytes * left / counters;
    }
  }

  private long bits(Row row) {
    return type == ColumnType.DOUBLE
        ? Doubles.toSortable(row.doubleAt(column))
        : row.longAt(column);
  }

  @Override
  public void merge(Accumulator other) {
    ApproxTop that = (ApproxTop) other;
    int counters = sketch.getNumActiveItems() + that.sketch.getNumActiveItems();
    sketch.merge(that.sketch);
    textBytes += that.textBytes;
    shrink(counters);
  }

  @Override
  public boolean writeResult(Row out, int column) {
    return writeResult(out, column, 0);
  }

  @Override
  public boolean writeResult(Row out, int column, int other) {
    int wanted = other == 0 ? length : other;
    out.setText(column, type.isText() ? texts(wanted) : numbers(wanted));
    return true;
  }

  private String texts(int wanted) {
    Ranking<String> ranking = new Ranking<>(wanted);
    for (ItemsSketch.Row<String> row : sketch.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES)) {
      ranking.offer(row.getItem(), row.getEstimate());
    }
    return TopJson.write(ranking.sorted(), type);
  }

  private String numbers(int wanted) {
    Ranking<Long> ranking = new Ranking<>(wanted);
    for (ItemsSketch.Row<String> row : sketch.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES)) {
      ranking.offer(Long.valueOf(row.getItem()), row.getEstimate());
    }
    return TopJson.write(ranking.sorted(), type);
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    Blobs.write(sketch.toByteArray(TEXTS), out);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    byte[] bytes = Blobs.read(in);
    sketch = ItemsSketch.getInstance(Memory.wrap(bytes), TEXTS);
    textBytes = Math.max(0, bytes.length - (long) sketch.getNumActiveItems() * WRITTEN_BYTES);
  }

  @Override
  public long weight() {
    return 256 + (long) sketch.getNumActiveItems() * COUNTER_BYTES + textBytes;
  }
}
