package io.weir.jobs.connectors.postgres;

import io.weir.operators.row.Row;
import io.weir.operators.row.RowSerializer;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Collects rows as bytes and cuts them into batches of bounded size. Owned by one thread. */
final class RowBuffer {

  private final Schema schema;
  private final int batchBytes;
  private final RowSerializer serializer;
  private final StorableRows storable;
  private final DataOutputSerializer open = new DataOutputSerializer(1 << 12);
  private final List<RowBatch> full = new ArrayList<>();
  private int openRows;

  /**
   * Makes a buffer.
   *
   * @param batchBytes a batch is cut when it has reached this size; one row may exceed it
   */
  RowBuffer(PostgresTable table, int batchBytes) {
    this.schema = table.schema();
    this.batchBytes = batchBytes;
    serializer = new RowSerializer(schema);
    storable = new StorableRows(table);
  }

  void add(Row row) throws IOException {
    serializer.serialize(storable.of(row), open);
    openRows++;
    if (open.length() >= batchBytes) {
      cut();
    }
  }

  private void cut() {
    full.add(new RowBatch(schema, openRows, open.getCopyOfBuffer()));
    open.clear();
    openRows = 0;
  }

  boolean hasFullBatch() {
    return !full.isEmpty();
  }

  /** All batches in the order of their rows; the buffer is empty afterwards. */
  List<RowBatch> drain() {
    if (openRows > 0) {
      cut();
    }
    List<RowBatch> batches = List.copyOf(full);
    full.clear();
    return batches;
  }
}
