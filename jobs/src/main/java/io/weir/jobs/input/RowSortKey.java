package io.weir.jobs.input;

import io.weir.jobs.formats.FormatSettings;
import io.weir.jobs.formats.TimeSettings;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import io.weir.operators.source.ordered.KeyBytes;
import io.weir.operators.source.ordered.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders records by columns; what cannot be decoded comes last. */
final class RowSortKey implements SortKey {

  private static final long serialVersionUID = 1;

  private final Schema columns;
  private final Decoder<Row> decoder;
  private transient @Nullable KeyBytes bytes;

  RowSortKey(FormatSettings format, TimeSettings time, List<String> orderBy) {
    Schema all = format.schema();
    columns =
        new Schema(orderBy.stream().map(name -> all.column(all.requireIndexOf(name))).toList());
    decoder = format.decoder(columns, time);
  }

  @Override
  public void open() {
    decoder.open();
    bytes = new KeyBytes();
  }

  @Override
  public byte @Nullable [] keyOf(byte[] record) {
    KeyBytes key = bytes;
    if (key == null) {
      throw new IllegalStateException("not open");
    }
    try {
      decoder.decode(record, (row, time) -> add(row, key));
      return key.take();
    } catch (BrokenRecordException e) {
      key.take();
      return null; // The gate meets the record again and tells what is wrong with it.
    }
  }

  private void add(Row row, KeyBytes key) {
    for (int i = 0; i < columns.size(); i++) {
      if (row.isNull(i)) {
        key.addNull();
      } else {
        addValue(row, i, key);
      }
    }
  }

  private void addValue(Row row, int column, KeyBytes key) {
    switch (columns.type(column)) {
      case STRING, JSON -> key.addText(row.textAt(column));
      case DOUBLE -> key.addDouble(row.doubleAt(column));
      case LONG, TIME, BOOLEAN -> key.addLong(row.longAt(column));
    }
  }
}
