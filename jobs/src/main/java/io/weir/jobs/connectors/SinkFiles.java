package io.weir.jobs.connectors;

import io.weir.jobs.encoding.RowFile;
import io.weir.jobs.encoding.RowFormat;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;

/** Writes files of rows for Flink's file sink. */
record SinkFiles(RowFormat format, Schema schema) implements BulkWriter.Factory<Row> {

  @Override
  public BulkWriter<Row> create(FSDataOutputStream out) throws IOException {
    return new Writer(format.encoder(schema).startFile(out));
  }

  private record Writer(RowFile file) implements BulkWriter<Row> {

    @Override
    public void addElement(Row row) throws IOException {
      file.add(row);
    }

    @Override
    public void flush() throws IOException {
      file.flush();
    }

    @Override
    public void finish() throws IOException {
      file.finish();
    }
  }
}
